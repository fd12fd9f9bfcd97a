package cause

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// failure is the class of requests that fail with the same status and the same words. Words that
// only repeat the status say nothing, so that the method must be equal as well.
func failure(s Seen) class {
	f := s.Fact
	outer := slices.Contains([]int{http.StatusUnauthorized, http.StatusForbidden, http.StatusMethodNotAllowed, http.StatusUnsupportedMediaType, http.StatusNotImplemented}, f.Status)
	broken := f.Status >= 500 && f.Status != http.StatusNotImplemented
	if f.Status < 400 || !broken && f.Layer != fact.Status || !broken && !outer && f.Words == "" {
		return class{}
	}
	key, least := fmt.Sprintf("status %d %s %s", f.Status, f.Method, f.Words), 2
	if broken && specific(f.Words) {
		key = fmt.Sprintf("status %d %s", f.Status, f.Words)
	}
	if f.Status == http.StatusNotFound { // what is not found may be lost for several reasons
		least = 3
	}
	return class{key, least, func(group []Seen) Cause { return failing(key, group) }}
}

// unsupported adds what follows from a method that the target does not have: Entra never sends PUT, and
// sends DELETE long after it disabled the user.
func unsupported(c Cause, group []Seen) Cause {
	f := group[0].Fact
	if several(group) || f.Status != http.StatusMethodNotAllowed && f.Status != http.StatusNotImplemented {
		return c
	}
	switch f.Method {
	case http.MethodPut:
		c.Severity, c.Fix = severity.Wrong, "Implement PUT, which RFC 7644 section 3.5 requires. Entra does not send it; other clients do."
	case http.MethodDelete:
		c.Severity, c.Fix = severity.Stops, "Implement DELETE. Entra deletes a user 30 days after it left the directory, and repeats a request that fails."
	}
	return c
}

// specific reports words that say more than the status.
func specific(words string) bool {
	common := []string{"internal", "server", "error", "an", "unexpected", "unknown", "occurred", "something", "went", "wrong", "bad", "gateway", "service", "unavailable", "request", "failed"}
	return slices.ContainsFunc(strings.Fields(words), func(w string) bool { return !slices.Contains(common, w) })
}

// failing is the cause of requests that fail alike.
func failing(key string, group []Seen) Cause {
	f := group[0].Fact
	c := Cause{Key: key, Severity: severity.Stops, Title: fmt.Sprintf("%s status %d%s", returning(group), f.Status, within(f.Words))}
	c.Fix = "Handle the request. Entra repeats a request that fails in every cycle."
	if base := slices.IndexFunc(group, Seen.based); base >= 0 {
		c.Severity, c.Fix = group[base].Cause.Severity, group[base].Cause.Fix
	}
	if slices.ContainsFunc(group, func(s Seen) bool { return s.Cause.Severity == severity.Access }) {
		c.Severity = severity.Access // such as the request that disables a leaver
	}
	c = unsupported(c, group)
	if f.Status >= 500 && f.Status != http.StatusNotImplemented {
		c.Fix = crashFix
		if label := mostly(group); label != "" {
			c.Title += ": " + label
		}
	}
	return c
}

// mostly is the title of the label that most findings have, beside the one that any server error
// has, or "".
func mostly(group []Seen) string {
	count, all := map[string]int{}, 0
	for _, s := range group {
		if s.Label != "server-errors" {
			count[family(s.Label)]++
			all++
		}
	}
	for label, n := range count {
		if all > 2 && 2*n > all {
			return labelled(label).Title
		}
	}
	return ""
}

// family is the label of users for one that asks the same of groups.
func family(label string) string {
	if label == "group-unknown" {
		return "unknown-id"
	}
	return label
}

// returning is requests with a verb.
func returning(group []Seen) string {
	if several(group) {
		return requests(group) + " return"
	}
	return requests(group) + " returns"
}

// requests names the requests of a group: one, those of one method, or several methods.
func requests(group []Seen) string {
	var methods, routes []string
	for _, s := range group {
		methods, routes = append(methods, s.Fact.Method), append(routes, plainRoute(s.Fact.Route))
	}
	slices.Sort(methods)
	slices.Sort(routes)
	methods, routes = slices.Compact(methods), slices.Compact(routes)
	where := ""
	if c := collections(routes); len(routes) == 1 {
		where = " " + routes[0]
	} else if len(c) == 1 {
		where = " below " + c[0]
	}
	if n := len(methods) - 1; n > 0 {
		return strings.Join(methods[:n], ", ") + " and " + methods[n] + where
	}
	return methods[0] + where
}

// collections are the first segments of routes.
func collections(routes []string) []string {
	var out []string
	for _, r := range routes {
		out = append(out, collection(r))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func collection(route string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(plainRoute(route), "/"), "/")
	return "/" + first
}

func within(words string) string {
	if words == "" {
		return ""
	}
	return " (" + words + ")"
}

// stored is the class of writes after which the same attribute differs in the same way.
func stored(s Seen) class {
	f := s.Fact
	if f.Layer != fact.Value || f.Attribute == "" || f.Kind == "" {
		return class{}
	}
	key, least := fmt.Sprintf("value %s %s", collection(f.Route), strings.ToLower(head(f.Attribute))), 3
	switch strings.ToLower(f.Attribute) {
	case "active": // it has two values, so that the kind says nothing
		least, f.Kind = 2, ""
	case "members":
		key, least = key+" "+string(f.Kind), 2
	default: // the attribute that a check changes may stand for any, except if others are right
		f.Kind = ""
	}
	return class{key, least, func(group []Seen) Cause {
		if c, ok := observed(group); ok {
			return c
		}
		c := Cause{
			Key: key, Severity: worst(group), Title: requests(group) + " " + does(f.Kind, head(f.Attribute), several(group)),
			Fix: "Store what the request says, for each op, with a path and without one, alone and beside other operations.",
		}
		switch f.Kind {
		case fact.Duplicated: // nobody gains or loses access
			c.Severity, c.Fix = severity.Wrong, "On add, insert only members that are not in the group yet."
		case fact.Lost:
			c.Fix = "Change only the members that a request names. Replace the list only where the request replaces it as a whole."
		case fact.Absent, fact.Unchanged, fact.OtherValue, fact.OtherForm, fact.OtherCase, fact.TooMany, fact.TooFew, fact.Unasked:
		}
		return c
	}}
}

// observed is the cause that checks named for what they saw, in place of their own, if it is one.
func observed(group []Seen) (Cause, bool) {
	label := ""
	for _, s := range group {
		switch {
		case s.Label == s.Check.Cause || s.Label == catalog.OneAttribute || s.Label == label:
		case label != "":
			return Cause{}, false
		default:
			label = s.Label
		}
	}
	if label == "" {
		return Cause{}, false
	}
	return labelled(label), true
}

func several(group []Seen) bool {
	return slices.ContainsFunc(group, func(s Seen) bool { return s.Fact.Method != group[0].Fact.Method })
}

// does says what writes do to an attribute.
func does(kind fact.Kind, attribute string, plural bool) string {
	one, many := "does not store "+attribute+" as sent", "do not store "+attribute+" as sent"
	switch kind {
	case fact.Absent:
		one, many = "loses "+attribute, "lose "+attribute
	case fact.Unchanged:
		one, many = "does not change "+attribute, "do not change "+attribute
	case fact.TooFew:
		one, many = "does not store all "+attribute, "do not store all "+attribute
	case fact.TooMany:
		one, many = "keeps "+attribute+" that must go, or adds some", "keep "+attribute+" that must go, or add some"
	case fact.Lost:
		one, many = "removes "+attribute+" that must stay", "remove "+attribute+" that must stay"
	case fact.Duplicated:
		one, many = "stores a value of "+attribute+" twice", "store a value of "+attribute+" twice"
	case fact.OtherValue, fact.OtherCase:
	case fact.Unasked:
		one, many = "adds "+attribute+" that nobody sent", "add "+attribute+" that nobody sent"
	case fact.OtherForm:
		one, many = "stores "+attribute+" in another form", "store "+attribute+" in another form"
	}
	if plural {
		return many
	}
	return one
}

// idle is the class of writes that change nothing.
func idle(s Seen) class {
	f := s.Fact
	if f.Layer != fact.Value || !f.Idle {
		return class{}
	}
	key := "idle " + f.Method + " " + collection(f.Route)
	return class{key, 2, func(group []Seen) Cause {
		return Cause{Key: key, Severity: worst(group), Title: unchanging(group), Fix: "Apply what the request says, or return an error."}
	}}
}

// unchanging says which writes change nothing: those of one attribute, of one op, or all.
func unchanging(group []Seen) string {
	first := group[0].Fact
	differs := func(of func(fact.Fact) string) bool {
		return slices.ContainsFunc(group, func(s Seen) bool { return of(s.Fact) != of(first) })
	}
	switch {
	case !differs(func(f fact.Fact) string { return strings.ToLower(head(f.Attribute)) }) && first.Attribute != "":
		return requests(group) + " " + does(first.Kind, head(first.Attribute), several(group))
	case !differs(func(f fact.Fact) string { return f.Operation }) && first.Operation != "":
		return request(first) + " returns success for " + first.Operation + " without making the change"
	}
	return request(first) + " returns success without making the change"
}

// matched is the class of queries that find too much or too little.
func matched(s Seen) class {
	f := s.Fact
	if f.Method != http.MethodGet || f.Status != http.StatusOK || !strings.HasSuffix(f.Route, "?filter") || f.Kind != fact.TooMany && f.Kind != fact.TooFew {
		return class{}
	}
	if s.Label == "letter-case" && f.Kind == fact.TooFew { // the filter works in the letters that were sent
		return class{}
	}
	key := fmt.Sprintf("query %s %s", f.Route, f.Kind)
	return class{key, 3, func(group []Seen) Cause {
		title := "filters on " + plainRoute(f.Route) + " also return what they do not describe"
		if f.Kind == fact.TooFew {
			title = "filters on " + plainRoute(f.Route) + " do not return all that they describe"
		}
		return Cause{Key: key, Severity: worst(group), Title: title, Fix: "Parse and evaluate the whole filter. Return exactly the matches."}
	}}
}

// worst is the worst severity of the causes of a group.
func worst(group []Seen) severity.Severity {
	out := group[0].Cause.Severity
	for _, s := range group {
		higher := s.Cause.Severity.Rank() > out.Rank() && s.Cause.Severity != severity.Blocks
		if higher || out == severity.Blocks { // a check may stand for much, but these requests are accepted
			out = s.Cause.Severity
		}
	}
	return out
}
