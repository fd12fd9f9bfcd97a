package suites

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// foreseen ends a check that would fail for what the survey already knows: it wrote an attribute
// that this target does not have or does not let PATCH change, or left out one that it requires.
// The failure is then not about what the check asks. A server error always is.
func (p *probe) foreseen(f fact.Fact) {
	if p.check.Foreign() {
		p.exhausted(f)
	}
	crash := f.Status >= http.StatusInternalServerError && f.Status != http.StatusInsufficientStorage && f.Status != http.StatusNotImplemented
	if !p.survey.Asked || !p.survey.Users.Made.Works || crash || strings.HasPrefix(string(p.check.ID), "SUR-") || p.check.Profile != "" {
		return
	}
	p.exhausted(f)
	for _, x := range p.Exchanges {
		kind, _, _ := strings.Cut(strings.TrimPrefix(x.URL, p.BaseURL()+"/"), "/")
		var body map[string]any
		if json.Unmarshal(x.RequestBody, &body) != nil || kind != "Users" && kind != "Groups" {
			continue
		}
		if refused := x.Status >= 400 && x.Status < 500; refused && x.Method == http.MethodPost {
			p.required(kind, body)
		}
		p.parts(kind, body)
		written := paths(body)
		if x.Method == http.MethodPatch {
			written = operated(body)
		}
		for _, path := range written {
			p.unknown(x, kind, path)
		}
	}
}

// exhausted ends the check if the target, which made resources before, makes no more: all licences are
// used, or its space is.
func (p *probe) exhausted(f fact.Fact) {
	used := slices.Contains([]int{http.StatusPaymentRequired, http.StatusForbidden, http.StatusInsufficientStorage}, f.Status)
	if used && f.Method == http.MethodPost && (f.Route == "/Users" || f.Route == "/Groups" && p.survey.Groups.Made.Works) {
		p.finding.Lacks = "room for more resources"
		p.skip("the target makes no more: " + f.Actual)
	}
}

// unknown ends the check if the target does not have what a request wrote, or refused to change it.
func (p *probe) unknown(x *exchange.Exchange, kind, path string) {
	if x.Method == http.MethodPatch && x.Status >= 400 {
		p.unchangeable(kind, path)
	}
	if kind == "Users" && path != "" {
		p.without(p.lackKnown(path))
		head, _, _ := strings.Cut(path, "[")
		if i := strings.LastIndex(path, "]."); i > 0 {
			p.without(p.lackPart(head, path[i+2:]))
		}
	}
}

// parts ends the check if the target lacks a sub-attribute of a list that a body has.
func (p *probe) parts(kind string, body map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(body)) {
		list, _ := body[name].([]any)
		for _, e := range list {
			element, _ := e.(map[string]any)
			for _, sub := range slices.Sorted(maps.Keys(element)) {
				if kind == "Users" {
					p.without(p.lackPart(name, sub))
				}
			}
		}
	}
}

// lackPart is lack for a sub-attribute of a list, whatever the type of its elements. Not all are
// surveyed: what belongs to every list counts as kept.
func (p *probe) lackPart(head, sub string) *survey.Lacking {
	if slices.ContainsFunc([]string{"type", "primary", "display", "$ref", "formatted"}, func(s string) bool { return strings.EqualFold(s, sub) }) {
		return nil
	}
	leaves := p.survey.Users.Under(head)
	if len(leaves) == 0 {
		return nil // lackKnown is about the whole
	}
	for _, a := range leaves {
		if strings.HasSuffix(strings.ToLower(a.Path), "."+strings.ToLower(sub)) {
			return p.survey.Lacks(p.survey.Users, a.Path)
		}
	}
	return &survey.Lacking{Name: "User." + head + "." + sub, Why: "the target does not announce " + head + "." + sub}
}

// unchangeable ends the check if the survey saw that PATCH refuses an attribute.
func (p *probe) unchangeable(kind, path string) {
	if kind == "Users" {
		p.patches(path)
	} else if a := p.survey.Groups.Find(path); a != nil {
		p.unpatched(a)
	}
}

// required ends the check if a body that was refused lacks an attribute that the target requires.
// Checks of required names leave out the name alone, on purpose.
func (p *probe) required(kind string, body map[string]any) {
	r := p.survey.Users
	if kind == "Groups" {
		r = p.survey.Groups
	}
	for _, a := range r.Attributes {
		name := strings.EqualFold(a.Path, "userName") || strings.EqualFold(a.Path, "displayName")
		if a.Required && !name && resource.Value(body, a.Path) == nil {
			p.finding.Lacks = r.Name + " without " + a.Path
			p.skip("the target requires " + a.Path)
		}
	}
}

// operated returns the paths that a PATCH writes.
func operated(body map[string]any) []string {
	var out []string
	list, _ := body["Operations"].([]any)
	for _, e := range list {
		o, _ := e.(map[string]any)
		if at, _ := o["path"].(string); at != "" {
			out = append(out, at)
			continue
		}
		value, _ := o["value"].(map[string]any)
		out = append(out, paths(value)...)
	}
	return out
}
