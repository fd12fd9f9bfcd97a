package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// filtersTables are the truth tables of filters. A target may reject an operator that it does not
// support; it must not ignore it.
func filtersTables() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-028", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86, R-64, R-94", Cause: "filter-operators",
			Needs: []string{catalog.Filter},
			Title: "evaluates each comparison of strings, or rejects it",
			Why:   "An operator that is read as another one, or ignored, returns the wrong users without an error.",
			Fix:   "Implement co, sw, ew, ne, pr, gt, ge, lt and le, or return 400 invalidFilter for them.",
		}, func(ctx context.Context, p *probe) {
			c := p.aCrowd(ctx, []any{"amber", "amberjack", "cobalt", nil})
			is := func(op, value string) filtermodel.Filter { return filtermodel.Compare(c.subject, op, value) }
			c.asks(ctx, p, is("eq", "amber"), is("sw", "amber"), is("sw", "jack"), is("ew", "jack"), is("ew", "amber"), is("co", "berj"), is("ne", "amber"), filtermodel.Present(c.subject),
				is("gt", "amber"), is("ge", "amberjack"), is("lt", "amberjack"), is("le", "amber"), is("ew", "JACK"), is("co", "m_er"))
		}),
		check(catalog.Check{
			ID: "QRY-029", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter-logic",
			Needs: []string{catalog.Filter},
			Title: "evaluates `not`, `or` and parentheses, or rejects them",
			Why:   "A condition that is dropped makes a filter find users that were not meant.",
			Fix:   "Evaluate the whole filter, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			c := p.aCrowd(ctx, []any{"amber", "cobalt", "violet"})
			is := func(value string) filtermodel.Filter { return filtermodel.Compare(c.subject, "eq", value) }
			either := filtermodel.Group(filtermodel.Or(is("amber"), is("violet")))
			c.asks(ctx, p,
				filtermodel.Not(is("amber")), either, filtermodel.Not(filtermodel.Or(is("amber"), is("violet"))),
				filtermodel.And(either, filtermodel.Not(is("violet"))), filtermodel.And(is("amber"), is("violet")),
				filtermodel.Group(filtermodel.Or(filtermodel.Group(filtermodel.And(is("amber"), is("cobalt"))), is("violet"))))
			p.eitherName(ctx, c)
		}),
		check(catalog.Check{
			ID: "QRY-030", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-types",
			Needs: []string{catalog.Filter},
			Title: "filters by a Boolean attribute, or rejects the filter",
			Why:   "A report on disabled users that shows enabled ones is wrong where it matters most.",
			Fix:   "Compare active with the Booleans true and false.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			c := p.aCrowd(ctx, []any{"amber", "cobalt"}, map[string]any{"active": true}, map[string]any{"active": false})
			for _, t := range c.people {
				t.subjects = []string{"active"}
			}
			c.asks(ctx, p, filtermodel.Compare("active", "eq", false), filtermodel.Compare("active", "eq", true))
			for _, state := range []bool{false, true} { // alone, among all users
				a := p.get(ctx, filtered("Users", fmt.Sprint("active eq ", state))+"&count=20")
				wrong := slices.ContainsFunc(a.Page().Resources, func(r map[string]any) bool { return r["active"] == !state })
				p.expect(!wrong, match.That(fmt.Sprint("active eq ", state, " selects only users with that value"), "it also selects others"))
			}
		}),
		check(catalog.Check{
			ID: "QRY-031", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86, R-95", Cause: "filter-types",
			Needs: []string{catalog.Filter},
			Title: "compares dates as instants, or rejects the filter",
			Why:   "Clients ask for what changed since a date. Compared as text, a date with another offset skips users.",
			Fix:   "Parse the value as a date with an offset before you compare it.",
		}, func(ctx context.Context, p *probe) { p.instants(ctx) }),
		check(catalog.Check{
			ID: "QRY-032", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-88, R-92", Cause: "filter-paths",
			Needs: []string{catalog.Filter},
			Title: "filters by sub-attributes, value paths and names with a URN, or rejects the filter",
			Why:   "Tenants match by the attribute of their choice. A path that is read wrongly finds nobody, and Entra creates the user again.",
			Fix:   "Resolve sub-attributes, the elements of lists and extension URNs in filters. Return 400 invalidFilter for what you do not support.",
		}, func(ctx context.Context, p *probe) { p.filterPaths(ctx) }),
		check(catalog.Check{
			ID: "QRY-033", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-null",
			Needs: []string{catalog.Filter},
			Title: "does not take a missing value for an empty filter",
			Why:   "A comparison with null or an empty string that is dropped returns every user.",
			Fix:   "Compare null and \"\" like any other value, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			c := p.aCrowd(ctx, []any{"amber", "cobalt", nil})
			c.asks(ctx, p, filtermodel.Compare(c.subject, "eq", nil), filtermodel.Compare(c.subject, "eq", ""), filtermodel.Compare("noSuchAttribute", "eq", "amber"))
		}),
		check(catalog.Check{
			ID: "QRY-063", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-178", Cause: "filter-attributes",
			Needs: []string{catalog.Filter},
			Title: "finds a user alone by each text attribute, or rejects the filter",
			Why:   "Tenants match by the attribute of their choice. One that finds nobody makes Entra create the user again.",
			Fix:   "Support eq on every attribute that you keep, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			texts := append(p.textNames(), "userName")
			people := make([]*thing, 2)
			for i := range people {
				sent := p.person("text", nil)
				for _, path := range p.textNames() {
					sent = resource.With(sent, path, p.Name("text"))
				}
				people[i] = p.made(ctx, "Users", sent)
				people[i].subjects = texts
			}
			asked := make([]filtermodel.Filter, len(texts))
			for i, path := range texts {
				asked[i] = filtermodel.Compare(path, "eq", resource.Value(people[0].sent, path))
			}
			p.aheadOf(ctx, "Users", asked...)
			for _, f := range asked {
				if a := p.get(ctx, filtered("Users", f.String())); !unsupported(a) {
					p.selects(a, f, people)
				}
			}
			p.byElement(ctx)
		}),
		check(catalog.Check{
			ID: "QRY-064", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: catalog.Basis{
				Kind: catalog.Inferred, Ref: "reference checks of older jobs", URL: microsoft().URL,
			}, Rule: "W-20", Cause: "filter-manager",
			Needs: []string{catalog.Filter},
			Title: "finds a user by id and manager, or rejects the filter",
			Why:   "Older jobs ask in this way whether a manager is set. With a wrong answer, they write it in every cycle.",
			Fix:   "Compare manager in a filter with the id of the manager.",
		}, func(ctx context.Context, p *probe) {
			p.has(enterprise)
			boss, other := p.aUser(ctx, "boss", nil), p.aUser(ctx, "other", nil)
			t := p.withManager(ctx, p.aUser(ctx, "team", nil), boss)
			if resource.Value(t.now, enterprise+":manager.value") != boss.id {
				p.finding.Lacks = "User." + enterprise + ":manager"
				p.skip("the target does not keep the manager of a user")
			}
			ask := "id eq " + quoted(t.id) + " and manager eq "
			a := p.get(ctx, filtered("Users", ask+quoted(boss.id)))
			if unsupported(a) {
				p.finding.Assertions++
				return
			}
			p.only(a, t.id)
			p.expect(p.get(ctx, filtered("Users", ask+quoted(other.id))), match.Total(0))
		}),
	}
}

// eitherName asks for the first and the last of the crowd by their names, without parentheses.
func (p *probe) eitherName(ctx context.Context, c *crowd) {
	name := func(t *thing) filtermodel.Filter { return filtermodel.Compare("userName", "eq", t.sent["userName"]) }
	f := filtermodel.Or(name(c.people[0]), name(c.people[len(c.people)-1]))
	if a := p.get(ctx, filtered("Users", f.String())); !unsupported(a) {
		p.selects(a, f, c.people)
	}
}

// byElement asks for a user by the value of an element of each list that the target keeps.
func (p *probe) byElement(ctx context.Context) {
	if p.survey.Lacks(p.survey.Users, "emails") != nil {
		return
	}
	u, other := p.made(ctx, "Users", p.person("mail", p.mails("mail"))), p.made(ctx, "Users", p.person("mail", p.mails("mail")))
	mail, ok := resource.Value(u.sent, `emails[type eq "work"].value`).(string)
	if !ok {
		return
	}
	f := filtermodel.Compare("emails.value", "eq", mail)
	if a := p.get(ctx, filtered("Users", f.String())); !unsupported(a) {
		p.selects(a, f, []*thing{u, other})
		p.byLaterElement(ctx, other)
	}
}

// byLaterElement asks for a user by its second e-mail.
func (p *probe) byLaterElement(ctx context.Context, other *thing) {
	for _, l := range p.pluralsIfAny() {
		if l.name != "emails" {
			continue
		}
		first, second, mail := l.element(0), l.element(1), p.Mail(p.Name("later"))
		first["value"], second["value"] = p.Mail(p.Name("first")), mail
		t := p.made(ctx, "Users", complete(resource.With(p.person("later", nil), l.name, []any{first, second})))
		if list, _ := resource.Value(t.sent, l.name).([]any); len(list) != 2 { // which other checks are about
			return
		}
		f := filtermodel.Compare("emails.value", "eq", mail)
		if a := p.get(ctx, filtered("Users", f.String())); !unsupported(a) {
			p.selects(a, f, []*thing{t, other})
		}
	}
}

// instants asks for users by the time of their last change, in two offsets. A comparison as text
// gives another result than one as instants.
func (p *probe) instants(ctx context.Context) {
	c := p.aCrowd(ctx, []any{"amber", "cobalt"})
	const path = "meta.lastModified"
	var first, last time.Time
	for _, t := range c.people {
		text, _ := resource.Value(t.sent, path).(string)
		at, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			p.finding.Lacks = "User." + path
			p.skip("the target shows no meta.lastModified in lists")
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
		if at.After(last) {
			last = at
		}
		t.subjects = []string{path}
	}
	east, west := time.FixedZone("", 5*3600+1800), time.FixedZone("", -8*3600)
	before, after := first.Add(-time.Hour), last.Add(time.Hour)
	is := func(op string, at time.Time) filtermodel.Filter {
		return filtermodel.Compare(path, op, at.Truncate(time.Second).Format(time.RFC3339))
	}
	p.finding.Cause = "filter-operators"
	c.asks(ctx, p, is("gt", before.UTC()), is("lt", before.UTC()))
	p.finding.Cause = ""
	c.asks(ctx, p, is("gt", before.In(east)), is("ge", after.In(west)), is("lt", after.In(west)), is("le", before.In(east)))
}

// filterPaths asks for users by each form of a path whose attribute the target keeps.
func (p *probe) filterPaths(ctx context.Context) {
	c := p.aCrowd(ctx, []any{"amber", "cobalt"}, p.mails("one"), p.mails("two"))
	for _, path := range []string{"name.givenName", enterprise + ":department", enterprise + ":division"} {
		if p.survey.Lacks(p.survey.Users, path) == nil && resource.Value(c.people[0].sent, path) != nil {
			value, _ := resource.Value(c.people[0].sent, path).(string)
			c.asks(ctx, p, filtermodel.Compare(path, "eq", value), filtermodel.Compare(path, "eq", p.Name("nobody")))
		}
	}
	name, _ := c.people[0].sent["userName"].(string)
	c.asks(ctx, p, filtermodel.Compare(coreUser+":userName", "eq", name))
	mail, ok := resource.Value(c.people[0].sent, `emails[type eq "work"].value`).(string)
	if !ok {
		return
	}
	is := filtermodel.Compare
	c.asks(ctx, p, is("emails.value", "eq", mail), is("emails.value", "eq", "x"+mail),
		filtermodel.Element("emails", filtermodel.And(is("type", "eq", "work"), is("value", "eq", mail))),
		filtermodel.Element("emails", filtermodel.And(is("type", "eq", "home"), is("value", "eq", mail))))
}

// mails returns the e-mail address of a user, if the target keeps it.
func (p *probe) mails(what string) map[string]any {
	if p.survey.Lacks(p.survey.Users, "emails") != nil {
		return nil
	}
	return map[string]any{"emails": []any{typed(p.kind("emails"), map[string]any{"primary": true, "value": p.Mail(p.Name(what))})}}
}

// withManager tries to give a user a manager, and reads the user again.
func (p *probe) withManager(ctx context.Context, t, boss *thing) *thing {
	if p.ability(catalog.Patch).Works && p.Lacks(catalog.Patch) == "" {
		p.do(ctx, http.MethodPatch, t.path(), patchOp(op(p.spelled("add"), enterprise+":manager", boss.id)))
		t.now = p.arranged(ctx, t)
	}
	return t
}
