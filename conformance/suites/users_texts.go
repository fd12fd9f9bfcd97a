package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersTexts are the checks of unusual values: null, strings of every script, and strings that
// look like something else.
func usersTexts() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-004", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "treats null and empty lists as absent values",
			Why:   "Clients send null or [] for missing values. If the request is rejected, the user is not created.",
			Fix:   "Treat null and [] like a missing attribute.",
		}, func(ctx context.Context, p *probe) {
			more := map[string]any{}
			for _, name := range p.texts(4) {
				if !strings.Contains(name, ".") {
					more[name] = nil
				}
			}
			for i, name := range p.lists() {
				if more[name] = nil; i%2 == 1 {
					more[name] = []any{}
				}
			}
			for _, a := range p.survey.Users.Attributes { // what is required must be there
				if a.Required {
					delete(more, resource.Top(a.Path))
				}
			}
			p.aUser(ctx, "before", nil)
			a := p.post(ctx, "Users", "userName", p.person("null", more))
			p.expect(a, match.Made())
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			for _, name := range tops(more) {
				got := resource.Value(read.Body, name)
				list, _ := got.([]any)
				p.expect(got != "" && got != "null" && (len(list) == 0 || list[0] != nil), match.That(name+" has no value", name+" is "+match.JSON(got)))
			}
		}),
		check(catalog.Check{
			ID: "USR-021", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Enterprise},
			Title: "accepts null for the enterprise extension",
			Why:   "A client may send null for the whole extension when department is empty.",
			Fix:   "Treat null like a missing extension.",
		}, func(ctx context.Context, p *probe) {
			p.has(enterprise)
			p.aUser(ctx, "before", nil)
			a := p.post(ctx, "Users", "userName", p.person("noext", map[string]any{enterprise: nil}))
			p.expect(a, match.Made())
		}),
		check(catalog.Check{
			ID: "USR-022", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps letters from every script",
			Why:   "Names are written in many scripts. A garbled name is sent again in every cycle.",
			Fix:   "Read and write JSON as UTF-8 from end to end, including the database.",
		}, func(ctx context.Context, p *probe) {
			p.roundTrip(ctx, "scripts", "Zoë Łukasz Ñuñez Çelik ışık 山田 Ελένη 𝒳 עברית", "Désirée Müller-Groß Żółć Åse Øst Наташа عربي 👩‍🚀")
		}),
		check(catalog.Check{
			ID: "USR-023", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps combining characters as they were sent",
			Why:   "Names typed on a Mac often contain combining accents. A normalized form looks like a change in every cycle.",
			Fix:   "Store the code points as sent. Normalize only for comparison.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			const decomposed = "Rene\u0301e" // e and a combining acute accent
			name := p.texts(1)[0]
			u := p.aUser(ctx, "accent", resource.With(nil, name, decomposed))
			p.expect(resource.Value(u.now, name), match.IsText(name, decomposed))
		}),
		check(catalog.Check{
			ID: "USR-024", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps characters such as / & < in a name",
			Why:   "A display name is free text. A slash or an ampersand has no special meaning.",
			Fix:   "Treat strings as opaque. Do not split or escape them on input.",
		}, func(ctx context.Context, p *probe) {
			p.roundTrip(ctx, "signs", `O'Neill / Smith & Co. <"R&D"> \ 100% a,b;c|d #1 {e} [f] $g ?h=i`, `C:\new &amp; <i>x</i> "q" d’Art – 1+1=2 %41 {{y}} a:b ~^*`)
		}),
		check(catalog.Check{
			ID: "USR-028", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.4"), Rule: "R-15", Cause: "primary",
			Title: "never returns two primary e-mails",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "Reject a second primary with 400 invalidValue, or keep one.",
		}, func(ctx context.Context, p *probe) {
			p.has("emails")
			first, second := p.kinds("emails")
			sent := p.person("primaries", map[string]any{"emails": []any{
				map[string]any{"type": first, "value": p.Mail(p.Name("w")), "primary": true},
				map[string]any{"type": second, "value": p.Mail(p.Name("h")), "primary": true},
			}})
			a := p.post(ctx, "Users", "userName", sent)
			if a.Status == http.StatusBadRequest {
				p.finding.Assertions++
				return
			}
			p.because("no-users", a, match.Made())
			p.expectPrimaries(ctx, "/Users/"+p.id(a))
		}),
		check(catalog.Check{
			ID: "USR-034", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps a control character in a string, or rejects it with 400",
			Why:   "People paste names from anywhere. A 500 is retried for weeks and tells nobody what is wrong.",
			Fix:   "Escape control characters before you store them, or return 400 invalidValue.",
		}, func(ctx context.Context, p *probe) {
			const odd = "Head\u0001of Sales"
			p.keptOrRefused(ctx, p.texts(1)[0], odd)
		}),
		check(catalog.Check{
			ID: "USR-039", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps a string of 200 characters, or rejects it with 400",
			Why:   "Entra compares the value it reads with the value it sent. A truncated title is sent again in every cycle.",
			Fix:   "Store strings in full, or return 400 invalidValue for a string that is too long.",
		}, func(ctx context.Context, p *probe) {
			p.keptOrRefused(ctx, p.texts(1)[0], strings.Repeat("Head of everything ", 11)[:200])
		}),
		check(catalog.Check{
			ID: "USR-069", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "coerced",
			Title: "keeps strings that look like numbers, Booleans or dates",
			Why:   "Employee numbers begin with zeros. A value that comes back as 123 is sent again in every cycle.",
			Fix:   "Store strings as strings, whatever they look like.",
		}, func(ctx context.Context, p *probe) {
			p.roundTrip(ctx, "number", "00123", "1e5", "true", "2026-01-31", "null")
		}),
		check(catalog.Check{
			ID: "USR-070", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps blanks around and inside a string, or rejects it with 400",
			Why:   "Directories contain values with stray blanks. A value that is trimmed is sent again in every cycle.",
			Fix:   "Store strings as sent. Trim only for comparison.",
		}, func(ctx context.Context, p *probe) {
			p.keptOrRefused(ctx, p.texts(1)[0], " Tour  Guide ")
		}),
	}
}

// expectPrimaries asserts that at most one e-mail is primary.
func (p *probe) expectPrimaries(ctx context.Context, path string) {
	read := p.get(ctx, path)
	p.because("no-read", read, match.Status(http.StatusOK))
	list, _ := read.Body["emails"].([]any)
	primary := 0
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && m["primary"] == true {
			primary++
		}
	}
	p.expect(primary <= 1, match.That("at most one e-mail is primary", match.JSON(primary)+" e-mails are primary"))
}

// keptOrRefused creates a user with an unusual string in one attribute, and another one with it in
// all other attributes. The target must return it unchanged or reject the request with 400.
func (p *probe) keptOrRefused(ctx context.Context, attribute, text string) {
	p.aUser(ctx, "before", nil)
	others := slices.DeleteFunc(p.textNames(), func(name string) bool { return name == attribute })
	for _, names := range [][]string{{attribute}, others} {
		body := map[string]any{}
		for _, name := range names {
			body = resource.With(body, name, text)
		}
		a := p.post(ctx, "Users", "userName", complete(p.person("text", body)))
		if a.Status == http.StatusBadRequest {
			p.finding.Assertions++
			return
		}
		p.finding.Cause = "error-status"
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK, http.StatusBadRequest))
		p.finding.Cause = ""
		read := p.get(ctx, "/Users/"+p.id(a))
		p.because("no-read", read, match.Status(http.StatusOK))
		for _, name := range names {
			p.expect(resource.Value(read.Body, name), match.Is(name, text))
		}
	}
	p.patchedOrRefused(ctx, text)
}

// patchedOrRefused writes an unusual string to all free texts of a user by PATCH.
func (p *probe) patchedOrRefused(ctx context.Context, text string) {
	names := p.patchedTexts()
	if len(names) == 0 {
		return
	}
	var operations []map[string]any
	for _, name := range names {
		operations = append(operations, op(p.spelled("replace"), name, text))
	}
	u := p.aUser(ctx, "patched", nil)
	if a := p.do(ctx, http.MethodPatch, u.path(), patchOp(operations...)); a.Status >= http.StatusMultipleChoices {
		return // or none of them, which others judge
	}
	now := p.arranged(ctx, u)
	for _, name := range names {
		if got := resource.Value(now, name); got != nil && got != resource.Value(u.now, name) { // or it was not written
			p.expect(got, match.Is(name+" after PATCH", text))
		}
	}
}
