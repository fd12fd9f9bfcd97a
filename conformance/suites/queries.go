package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// quoted writes a value as a string in a filter.
func quoted(v any) string {
	s, _ := v.(string)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func filtered(collection, filter string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}

// find queries for the resources whose attribute equals a value.
func (p *probe) find(ctx context.Context, collection, attribute string, value any) session.Response {
	return p.get(ctx, filtered(collection, attribute+" eq "+quoted(value)))
}

// aheadOf sends queries together that the check is about to send; see ahead.
func (p *probe) aheadOf(ctx context.Context, collection string, filters ...filtermodel.Filter) {
	paths := make([]string, len(filters))
	for i, f := range filters {
		paths[i] = filtered(collection, f.String())
	}
	p.ahead(ctx, paths...)
}

// only asserts that a query returned one resource, and that it has the given id.
func (p *probe) only(a session.Response, id string) map[string]any {
	p.expect(a, match.Total(1))
	found := a.Page().Resources[0]
	p.expect(found["id"] == id, match.That("the query returns "+id, "it returned "+p.shown(found["id"])))
	return found
}

// exactly asserts that a filter by a case-sensitive attribute finds nothing in other letters, if it
// finds a user in those that were sent. A target may announce that it compares without case.
func (p *probe) exactly(ctx context.Context, name, value string) {
	if a := p.survey.Users.Find(name); a != nil && a.Announced && !a.CaseExact {
		return
	}
	if p.find(ctx, "Users", name, value).Page().Total != 1 {
		return
	}
	p.finding.Cause = "external-id-case"
	if a := p.find(ctx, "Users", name, strings.ToUpper(value)); a.Status == http.StatusOK {
		p.expect(a, match.Total(0))
	}
}

// shown names a resource that a query returned. The id stays secret if the run did not create the
// resource: the recorded exchange then has it masked.
func (p *probe) shown(id any) string {
	text, ok := id.(string)
	if !ok {
		return "a resource whose id is " + match.JSON(id)
	}
	if last := p.Exchanges[len(p.Exchanges)-1]; strings.Contains(string(last.ResponseBody), match.JSON(text)) {
		return text
	}
	return "a resource that this run did not create"
}

// unsupported reports a response that says that the target does not support the query.
func unsupported(a session.Response) bool {
	return slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotImplemented}, a.Status)
}

// filterable ends the check if a query was refused and the target refuses every filter by its
// attribute, so that the refusal says nothing of the value.
func (p *probe) filterable(ctx context.Context, a session.Response, collection, attribute string) {
	if unsupported(a) {
		base := map[string]string{"Users": "filter-attributes", "Groups": "filter-groups"}[collection]
		p.because(base, p.find(ctx, collection, attribute, p.Name("nobody")), match.Status(http.StatusOK, http.StatusNotFound))
		p.last = a
	}
}

// selects asserts that a list has exactly those of some things that the filter selects, and
// nothing else.
func (p *probe) selects(a session.Response, f filtermodel.Filter, things []*thing) {
	if a.Status == http.StatusNotFound { // an empty list; see QRY-003
		a.Status, a.Body = http.StatusOK, nil
	}
	p.expect(a, match.Status(http.StatusOK))
	left := map[any]bool{}
	for _, r := range a.Page().Resources {
		left[r["id"]] = true
	}
	for _, t := range things {
		answer := f.Selects(t.sent, p.letters(t.collection))
		found := left[t.id]
		delete(left, t.id)
		if found && answer <= filtermodel.Missing {
			p.misses(a, f, fact.TooMany, "it also finds "+t.label(f))
		}
		if !found && answer == filtermodel.Yes {
			p.misses(a, f, fact.TooFew, "it does not find "+t.label(f))
		}
	}
	if len(left) > 0 {
		p.misses(a, f, fact.TooMany, fmt.Sprintf("it also finds %d other resources", len(left)))
	}
	p.finding.Assertions++
}

func (p *probe) misses(a session.Response, f filtermodel.Filter, kind fact.Kind, actual string) {
	d := fact.Fact{Kind: kind, Status: a.Status, Expected: "the filter " + f.String() + " finds exactly what it describes", Actual: actual}
	d.Method, d.Route = a.Kind()
	p.finding.Assertions++
	p.end(Failed, d)
}

// label describes a thing by the attribute that a filter names.
func (t *thing) label(f filtermodel.Filter) string {
	kind, key := "the user", "userName"
	if t.collection == "Groups" {
		kind, key = "the group", "displayName"
	}
	for _, path := range t.subjects {
		if strings.Contains(f.String(), path) {
			return kind + " whose " + path + " is " + match.JSON(resource.Value(t.sent, path))
		}
	}
	return kind + " with " + key + " " + match.JSON(t.sent[key])
}

// letters says how the target compares the letter case of an attribute.
func (p *probe) letters(collection string) func(path string) filtermodel.Letters {
	r, key := p.survey.Users, "userName"
	if collection == "Groups" {
		r, key = p.survey.Groups, "displayName"
	}
	return func(path string) filtermodel.Letters {
		a := r.Find(path)
		switch {
		case strings.EqualFold(path, key) && collection == "Users":
			return filtermodel.Folded
		case a == nil || !a.Announced:
			return filtermodel.Either
		case a.CaseExact:
			return filtermodel.Exact
		}
		return filtermodel.Folded
	}
}

// textNames returns the attributes of users that hold any short text, as the target keeps them.
func (p *probe) textNames() []string {
	list := []string{"displayName", "name.familyName", "title", "nickName", enterprise + ":department", "name.givenName", enterprise + ":division"}
	return slices.DeleteFunc(list, func(path string) bool {
		if !p.survey.Asked {
			return false
		}
		a := p.survey.Users.Find(path)
		return a == nil || a.Post != survey.Kept || len(a.Canonical) > 0
	})
}
