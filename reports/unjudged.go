package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// unjudged is what has no verdict for one reason.
type unjudged struct {
	Reason string
	// Names are attributes and features, or keys of checks.
	Names []string
	// Checks is the number of checks left out with attributes and features.
	Checks int
}

// unjudged lists what has no verdict, by reason: attributes and features that are left out, then
// skipped checks, then blocked checks that no listed cause blocks. Known findings are judged.
func (c *Conformance) unjudged() []unjudged {
	var list []unjudged
	add := func(reason, name string, checks int) {
		i := slices.IndexFunc(list, func(u unjudged) bool { return u.Reason == reason })
		if i < 0 {
			i = len(list)
			list = append(list, unjudged{Reason: reason})
		}
		list[i].Names = append(list[i].Names, name)
		list[i].Checks += checks
	}
	for _, n := range c.NotJudged {
		add(n.Reason, n.Name, n.Checks)
	}
	blocked := map[string]bool{}
	for _, cause := range c.Causes {
		for _, key := range cause.Blocked {
			blocked[key] = true
		}
	}
	for _, check := range c.Checks {
		if check.Outcome == Skipped && !check.Known() {
			add(cmp.Or(check.SkipReason, "skipped"), check.Key(), 0)
		}
	}
	for _, check := range c.Checks {
		if check.Outcome == Blocked && !blocked[check.Key()] {
			add(cmp.Or(check.Actual, "blocked"), check.Key(), 0)
		}
	}
	return list
}

// What names all that has no verdict.
func (u unjudged) What() string { return strings.Join(u.Names, ", ") }

// what names what has no verdict, with at most most names: "nickName, /Me (10 checks)".
func (u unjudged) what(most int) string {
	text := listed(u.Names, most)
	if u.Checks > 0 {
		text += " (" + count(u.Checks, "check") + ")"
	}
	return text
}

// listed names at most most of the names.
func listed(names []string, most int) string {
	shown := names[:min(len(names), most)]
	text := strings.Join(shown, ", ")
	if left := len(names) - len(shown); left > 0 {
		text += fmt.Sprintf(" and %d more", left)
	}
	return text
}

// until returns the last day before a reason, if there is one.
func (a Accepted) until() string {
	if a.Expires == "" {
		return ""
	}
	return "until " + a.Expires + ": "
}

// knownFindings returns the checks that found what an expectations file allows.
func (c *Conformance) knownFindings() []Check {
	return slices.DeleteFunc(slices.Clone(c.Checks), func(check Check) bool { return !check.Known() })
}
