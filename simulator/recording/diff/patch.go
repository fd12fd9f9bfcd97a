package diff

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// change is what one PATCH does to one attribute.
type change struct {
	op       string
	path     string // with a colon before the attribute of an extension
	sent     string // as it was spelled
	pathless bool
	value    string
}

// changesOf takes a step apart into changes of single attributes.
func changesOf(s step) (list []change) {
	for _, x := range s {
		for _, o := range operations(x) {
			if o.Path != "" {
				list = append(list, change{op: o.Op, path: colon(o.Path), sent: o.Path, value: compact(o.Value)})
				continue
			}
			for _, m := range membersOf(o.Value) {
				list = append(list, change{op: o.Op, path: colon(m.name), sent: m.name, pathless: true, value: m.value})
			}
		}
	}
	return list
}

// colon is a path with a colon where old jobs have a dot (W-54).
func colon(path string) string {
	const dotted = ":2.0:User."
	if i := strings.Index(path, dotted); i >= 0 {
		return path[:i+len(dotted)-1] + ":" + path[i+len(dotted):]
	}
	return path
}

// compact is JSON without blanks; what is none stays.
func compact(raw []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return string(raw)
	}
	return b.String()
}

type namedValue struct{ name, value string }

// membersOf are the members of an object, in order.
func membersOf(raw []byte) (list []namedValue) {
	dec := jsontext.NewDecoder(bytes.NewReader(raw), jsontext.AllowDuplicateNames(true))
	if tok, err := dec.ReadToken(); err != nil || tok.Kind() != '{' {
		return nil
	}
	for dec.PeekKind() == '"' {
		tok, err := dec.ReadToken()
		if err != nil {
			return list
		}
		name := tok.String()
		value, err := dec.ReadValue()
		if err != nil {
			return list
		}
		list = append(list, namedValue{name, compact(value)})
	}
	return list
}

// comparePatch compares two updates, or two managers.
func (c *comparison) comparePatch(p pair) {
	found := false
	differ := func(f finding) {
		found = true
		c.findings.add(f, p.run.where(), p.run[0].quote(), p.rec[0].quote())
	}
	if len(p.run) != len(p.rec) {
		found = true
		c.findings.add(finding{rule: "W-50", title: "the number of PATCH requests for the changes of an object"}, p.run.where(), quotes(p.run), quotes(p.rec))
	}
	run, rec := changesOf(p.run), changesOf(p.rec)
	var common []change
	for _, a := range run {
		i := slices.IndexFunc(rec, func(b change) bool { return b.path == a.path })
		if i < 0 {
			differ(c.onlyOne(p, a, true))
			continue
		}
		common = append(common, rec[i])
		c.compareChange(p, a, rec[i], differ)
	}
	for _, b := range rec {
		if !slices.ContainsFunc(run, func(a change) bool { return b.path == a.path }) {
			differ(c.onlyOne(p, b, false))
		}
	}
	if !found && !inOrder(common, rec) {
		differ(finding{rule: "W-61", title: "the order of operations in a PATCH"})
	}
	if !found && p.run[0].body != p.rec[0].body {
		c.compareEnvelope(p, differ)
	}
}

func quotes(s step) string {
	var all []string
	for _, x := range s {
		all = append(all, x.quote())
	}
	return strings.Join(all, "\n")
}

func inOrder(common, rec []change) bool {
	at := -1
	for _, x := range common {
		i := slices.Index(rec, x)
		if i < at {
			return false
		}
		at = i
	}
	return true
}

// onlyOne is an attribute that one side alone changes.
func (c *comparison) onlyOne(p pair, x change, ours bool) finding {
	if p.run.kind() == recording.Manager { // manager and manager.value, a list with $ref
		return finding{rule: "W-63", title: "the path of the manager", option: c.managerOption(p)}
	}
	if form := x.removesManager(); form != "" {
		return cleared("W-64", "clearedManager", form, ours)
	}
	if form := x.clears(); form != "" {
		return cleared("W-55", "clearedValue", form, ours)
	}
	return finding{rule: "W-52", title: "attributes on one side only: " + x.path}
}

// compareChange compares what both sides do to one attribute.
func (c *comparison) compareChange(p pair, a, b change, differ func(finding)) {
	c.compareOpCase(a.op, b.op, differ)
	if f := c.clearing(p, a, b); f.rule != "" {
		differ(f)
		return
	}
	if a.pathless != b.pathless {
		rule := "W-57"
		if b.pathless {
			rule = "W-76"
		}
		differ(finding{rule: rule, title: "one operation for several attributes, or one per attribute", option: c.dialectOption()})
	} else if !strings.EqualFold(a.op, b.op) {
		f := finding{rule: "W-51", title: "add or replace"}
		switch one, other := p.run[0].unread, p.rec[0].unread; {
		case one != other: // who does not read does not know what is there
			f.option = "--set readBeforeUpdate=" + yes(one)
		case c.run.dialect != "optscim" && c.rec.dialect != "optscim":
			f.option = "--set unflaggedAdd=" + strings.ToLower(b.op)
		case c.run.dialect == c.rec.dialect:
			f = finding{rule: "W-79", title: "add or replace of an attribute, with the flag", option: "--set optscimAdd=" + strings.ToLower(b.op)}
		}
		differ(f)
	}
	if a.sent != b.sent {
		differ(finding{rule: "W-54", title: "the spelling of an extension's path", option: c.dialectOption()})
	}
	if a.value == b.value || wildcard(a.value) || wildcard(b.value) {
		return
	}
	switch {
	case p.run.kind() == recording.Manager:
		differ(finding{rule: "W-63", title: "the value of the manager", option: c.managerOption(p)})
	case jsontext.Value(a.value).Kind() == jsontext.Value(b.value).Kind() && !strings.EqualFold(a.value, b.value):
		differ(finding{rule: c.mapping(p), title: "the value of an attribute: " + a.path})
	case jsontext.Value(a.value).Kind() == jsontext.Value(b.value).Kind():
		differ(finding{rule: "W-59", title: "the letter case of a value: " + a.path})
	default:
		rule := "W-58"
		if k := jsontext.Value(b.value).Kind(); k == 't' || k == 'f' {
			rule = "W-75"
		}
		f := finding{rule: rule, title: "the type of a value", option: c.dialectOption()}
		if f.option == "" && c.run.dialect != "optscim" {
			f.option = booleans("patchBooleans", a.value, b.value)
		}
		differ(f)
	}
}

// mapping is the rule about the mappings of a resource.
func (c *comparison) mapping(p pair) string {
	if p.run[0].Collection == "Groups" {
		return "E-141"
	}
	return "E-140"
}

// compareEnvelope compares what stands around the operations.
func (c *comparison) compareEnvelope(p pair, differ func(finding)) {
	var run, rec struct{ Schemas []string }
	errRun, errRec := json.Unmarshal(p.run[0].Body, &run), json.Unmarshal(p.rec[0].Body, &rec)
	if errRun == nil && errRec == nil && !slices.Equal(run.Schemas, rec.Schemas) {
		differ(finding{rule: "W-49", title: "schemas of a PATCH"})
		return
	}
	c.addBytes(p)
}
