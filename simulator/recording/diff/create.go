package diff

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// compareCreate compares two creations member by member.
func (c *comparison) compareCreate(p pair) {
	a, b := p.run[0], p.rec[0]
	if a.body == b.body {
		return
	}
	found := false
	differ := func(f finding) {
		found = true
		c.findings.add(f, p.run.where(), a.quote(), b.quote())
	}
	run, rec := membersOf([]byte(escaped(a.body, string(a.Body)))), membersOf([]byte(escaped(b.body, string(b.Body))))
	var one, other []string
	for _, m := range run {
		i := slices.IndexFunc(rec, func(o namedValue) bool { return o.name == m.name })
		if i < 0 {
			differ(c.member(p, m.name, m.value, ""))
			continue
		}
		one = append(one, m.name)
		if m.value != rec[i].value && !wildcard(m.value) && !wildcard(rec[i].value) {
			differ(c.member(p, m.name, m.value, rec[i].value))
		}
	}
	for _, m := range rec {
		if !slices.ContainsFunc(run, func(o namedValue) bool { return o.name == m.name }) {
			differ(c.member(p, m.name, "", m.value))
		} else {
			other = append(other, m.name)
		}
	}
	if !slices.Equal(one, other) {
		f := finding{rule: "W-29", title: "the order of members in the body of a create"}
		if a.Collection == "Groups" {
			f.rule = "W-42"
		}
		differ(f)
	}
	if !found {
		c.addBytes(p)
	}
}

// member is the rule about a member of a body that differs, or stands on one side alone.
func (c *comparison) member(p pair, name, run, rec string) finding {
	groups := p.run[0].Collection == "Groups"
	switch {
	case differInNulls(run, rec):
		return finding{rule: "W-37", title: "null for attributes without a value", option: "--set postNulls=" + yes(hasNull(rec))}
	case groups && (name == "schemas" || name == "members"):
		adscim := strings.Contains(p.rec[0].body, "/ADSCIM/")
		f := finding{rule: "W-43", title: "the shape of a new group"}
		if adscim != strings.Contains(p.run[0].body, "/ADSCIM/") {
			f.option = "--set adscimGroup=" + yes(adscim)
			if c.run.dialect == "customappsso" || c.rec.dialect == "customappsso" {
				f.option = c.dialectOption() // W-124
			}
		}
		return f
	case name == "schemas":
		return finding{rule: "W-30", title: "schemas of a new user"}
	case name == "meta", name == "roles" && (run == "" || rec == ""):
		return finding{rule: "W-32", title: "meta and an empty roles list in a new user"}
	case name == "roles":
		return finding{rule: "W-47", title: "the shape of roles in a new user"}
	case run == "" || rec == "":
		return finding{rule: c.mapping(p), title: "attributes of a create on one side only: " + name}
	case name == "active":
		return finding{rule: "W-33", title: "the type of active in a create", option: booleans("postBooleans", run, rec)}
	case strings.HasPrefix(name, "urn:"):
		return finding{rule: "W-38", title: "the object of an extension"}
	case name == "name":
		return finding{rule: "W-34", title: "the object name"}
	case jsontext.Value(run).Kind() == '[' && name != "schemas":
		return finding{rule: "W-35", title: "the elements of " + name}
	default:
		return finding{rule: c.mapping(p), title: "the value of an attribute in a create: " + name}
	}
}
