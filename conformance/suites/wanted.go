package suites

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// Required is the cause of what the caller requires and the target lacks.
const Required = "required"

// wanted are the checks of what the caller says: what the run requires, and what a mapping sends.
func wanted() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "SUR-012", Suite: "protocol", About: catalog.Protocol, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: Required,
			Title: "has what the run requires",
			Why:   "A feature that is missing is otherwise not judged, and nobody notices when it disappears.",
			Fix:   "Add what is missing, or take it out of --require.",
		}, func(_ context.Context, p *probe) {
			p.Exchanges = p.survey.By(http.MethodGet)
			var missing []string
			for _, name := range p.survey.Options.Require {
				if why := p.unmet(name); why != "" {
					missing = append(missing, name+" ("+why+")")
				}
			}
			p.expect(len(missing) == 0, match.That("the target has what --require names", "it lacks "+strings.Join(missing, ", ")))
		}),
		check(catalog.Check{
			ID: "SUR-013", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "E-91", Cause: "not-mapped",
			Title: "keeps the attributes that the mapping sends",
			Why:   "Customers who use the mapping see values that never arrive.",
			Fix:   "Store the attributes, or take them out of the mapping.",
		}, func(_ context.Context, p *probe) {
			p.Exchanges = p.survey.By(http.MethodPost)
			var missing []string
			for _, path := range p.survey.Options.Mapped {
				kind, rest, _ := strings.Cut(path, ".")
				r := p.survey.Users
				if kind == "Group" {
					r = p.survey.Groups
				}
				if r.There && len(r.Under(rest)) > 0 && p.survey.Lacks(r, rest) != nil {
					missing = append(missing, path)
				}
			}
			p.expect(len(missing) == 0, match.That("the target keeps what the mapping sends", "it does not return "+strings.Join(missing, ", ")))
		}),
		check(catalog.Check{
			ID: "SUR-014", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "E-91", Cause: "filter",
			Title: "finds users and groups by the matching attribute of the mapping",
			Why:   "Entra looks for each object by this attribute. Without it, nothing can be matched.",
			Fix:   "Support eq filters on the attribute.",
		}, func(ctx context.Context, p *probe) {
			p.finding.Assertions++
			for _, path := range p.survey.Options.Matching {
				kind, rest, _ := strings.Cut(path, ".")
				if kind == "Group" && p.ability(catalog.GroupsHere).Works && p.survey.Groups.There {
					p.matches(ctx, p.aGroup(ctx, "match"), rest)
				} else if kind == "User" {
					p.matches(ctx, p.aUser(ctx, "match", nil), rest)
				}
			}
		}),
	}
}

// unmet says why the target lacks a feature or an attribute, or nothing.
func (p *probe) unmet(name string) string {
	if slices.Contains(catalog.Features(), name) {
		if why := p.Lacks(name); why != "" {
			return why
		}
		if name == catalog.Filter && p.survey.Asked && !p.survey.Filter.Works {
			return p.survey.Filter.Why
		}
		if a := p.ability(name); !a.Works {
			return a.Why
		}
		return ""
	}
	if l := p.lack(strings.TrimPrefix(name, "User.")); l != nil {
		return l.Why
	}
	return ""
}

// matches finds a thing by one of its attributes.
func (p *probe) matches(ctx context.Context, t *thing, attribute string) {
	value, ok := resource.Value(t.now, attribute).(string)
	if !ok { // see SUR-013
		return
	}
	a := p.get(ctx, "/"+t.collection+"?filter="+url.QueryEscape(attribute+" eq "+match.JSON(value)))
	p.expect(a, match.Total(1))
	p.expect(a.Page().Resources[0]["id"], match.Is("the id of the match", t.id))
}
