package diff

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Options that explain how a value is written.

// booleans names the option that makes our engine write Booleans as the recording does; it is
// empty where the two do not differ in that.
func booleans(option, run, rec string) string {
	textual := func(v string) bool {
		return strings.EqualFold(v, `"true"`) || strings.EqualFold(v, `"false"`)
	}
	plain := func(v string) bool { return v == "true" || v == "false" }
	switch {
	case plain(run) && textual(rec):
		return "--set " + option + "=string"
	case textual(run) && plain(rec):
		return "--set " + option + "=boolean"
	}
	return ""
}

// clears is how a change takes a value away, in the words of clearedValue and clearedManager;
// it is empty where it does not (W-C6).
func (x change) clears() string {
	switch value := jsontext.Value(x.value); {
	case strings.EqualFold(x.op, "remove"):
		return "remove"
	case x.value == `""`:
		return "empty"
	case value.Kind() == 'n':
		return "null"
	case strings.ReplaceAll(x.value, " ", "") == `{"value":""}`:
		return "object"
	}
	return ""
}

// cleared is the request for a cleared value, by one side alone: the other one keeps it.
func cleared(rule, option, form string, ours bool) finding {
	if ours {
		form = "keep"
	}
	return finding{rule: rule, title: "the request for a cleared value", option: "--set " + option + "=" + form}
}

// clearing is how two sides that both take a value away differ in that, or one of them does
// and the other one writes a value; the rule is empty where neither is so.
func (c *comparison) clearing(p pair, a, b change) finding {
	one, other := a.clears(), b.clears()
	if one == other || other == "" {
		return finding{}
	}
	if p.run.kind() == recording.Manager {
		return cleared("W-64", "clearedManager", other, false)
	}
	return cleared("W-55", "clearedValue", other, false)
}

// clearsAll reports that a step does nothing but take values away, and how.
func (s step) clearsAll() string {
	form := ""
	for _, x := range changesOf(s) {
		if form = x.clears(); form == "" {
			return ""
		}
	}
	return form
}

// removesManager is how a change removes a manager by its id, in the words of clearedManager; it is
// empty where it does not.
func (x change) removesManager() string {
	path, _, filtered := strings.Cut(x.sent, "manager[")
	switch {
	case !filtered || !strings.EqualFold(x.op, "remove"):
		return ""
	case path == "":
		return "filter"
	}
	return "filterURN"
}

// managerOption makes our engine write a manager in the form of the recording (W-C5).
func (c *comparison) managerOption(p pair) string {
	if option := c.dialectOption(); option != "" {
		return option
	}
	list := changesOf(p.rec)
	if len(list) == 0 || list[0].clears() != "" {
		return ""
	}
	form := "id"
	if k := jsontext.Value(list[0].value).Kind(); k == '[' {
		form = "list"
	} else if k == '{' {
		form = "object"
	}
	return "--set managerValue=" + form
}

// nullRef makes our engine write "$ref": null beside a member, or not (W-C10).
func nullRef(run, rec string) string {
	const ref = `"$ref":null`
	switch one, other := strings.Contains(run, ref), strings.Contains(rec, ref); {
	case one == other:
		return ""
	case other:
		return "--set memberRef=null"
	default:
		return "--set memberRef=none"
	}
}

// agent makes our engine send the User-Agent of the recording (W-C3).
func agent(rec string) string {
	switch {
	case rec == "":
		return "--set userAgent=none"
	case strings.ContainsFunc(rec, func(c rune) bool { return c < ' ' || c > '~' || c == '\'' }):
		return ""
	case strings.ContainsAny(rec, " \"\\$;&|<>()*?`!#~"):
		return "--set 'userAgent=" + rec + "'"
	}
	return "--set userAgent=" + rec
}

// patchType makes our engine send the media type of PATCH that the recording has (W-C14).
func patchType(rec string) string {
	switch media, _, _ := strings.Cut(rec, ";"); strings.TrimSpace(strings.ToLower(media)) {
	case "application/json":
		return "--set patchType=json"
	case "application/scim+json":
		return "--set patchType=scim"
	}
	return ""
}

func hasNull(raw string) bool { return strings.Contains(raw, "null") }

// differInNulls reports that two values are the same but for what has none (W-37, W-C16).
func differInNulls(run, rec string) bool {
	if hasNull(run) == hasNull(rec) {
		return false
	}
	return reflect.DeepEqual(valued(run), valued(rec))
}

// valued is a value without its nulls, and nil where nothing is left of it; what is absent is nil.
func valued(raw string) any {
	var v any
	if json.Unmarshal([]byte(raw), &v) != nil {
		return nil
	}
	return withoutNulls(v)
}

func withoutNulls(v any) any {
	switch v := v.(type) {
	case map[string]any:
		said := false // more than which of several it would be
		for name, e := range v {
			if v[name] = withoutNulls(e); v[name] == nil {
				delete(v, name)
			} else {
				said = said || name != "type" && name != "primary"
			}
		}
		if said {
			return v
		}
	case []any:
		if v = slices.DeleteFunc(v, func(e any) bool { return withoutNulls(e) == nil }); len(v) > 0 {
			return v
		}
	default:
		return v
	}
	return nil
}

// dialectOption is the flag that makes our engine speak as the recording does, where the
// two speak differently.
func (c *comparison) dialectOption() string {
	if c.rec.dialect == "" || c.run.dialect == c.rec.dialect {
		return ""
	}
	return "--dialect " + c.rec.dialect
}
