package survey

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// Options are what the caller knows of the endpoint.
type Options struct {
	// Mapped are the paths that a mapping sends: "User.title", "Group.displayName".
	Mapped []string
	// Matching are the paths that the mapping matches by, and Require what the caller requires.
	Matching, Require []string
	// Spare asks whether bulk requests can spare others, which pays off in a long run.
	Spare bool
}

// Ask surveys the endpoint of a session. The case is the survey's own: its objects are removed by
// the caller, with Case.End. The error is that of a run that was cancelled.
func Ask(ctx context.Context, c *session.Case, o Options) (*Survey, error) {
	q := &questions{Case: c, options: o, survey: &Survey{Asked: true, Declared: map[string]bool{}, Options: o}, totals: map[string]int{}}
	q.survey.Users, q.survey.Groups = Resource{Name: "User"}, Resource{Name: "Group"}
	defer func() { q.survey.Exchanges = c.Exchanges }()
	for _, step := range []func(context.Context){q.lists, q.discovery, q.person, q.team, q.spare} {
		if step(ctx); ctx.Err() != nil {
			return q.survey, context.Cause(ctx)
		}
		if q.survey.Stop != nil {
			break
		}
	}
	return q.survey, nil
}

// questions are a survey under way.
type questions struct {
	*session.Case

	options Options
	survey  *Survey
	user    string // id of the user that was made
	// totals are the numbers of resources in the lists, and vain the kinds of reads that never showed a write.
	totals map[string]int
	vain   map[string]bool
	// operations is the announced limit of operations in a bulk request.
	operations int
}

// send sends a request. Without a response, the fact says why.
func (q *questions) send(ctx context.Context, method, path string, body any) (session.Response, fact.Fact) {
	a, err := q.Send(ctx, method, path, body, nil)
	return a, factOf(method, path, a, err)
}

// factOf describes a response, or says why there is none.
func factOf(method, path string, a session.Response, err error) fact.Fact {
	f := fact.Fact{Method: method, Route: fact.RouteOf(path), Status: a.Status, Words: fact.WordsOf(a.Detail())}
	if err != nil {
		f.Layer, f.Expected, f.Actual = fact.Transport, "a response", err.Error()
		return f
	}
	f.Layer, f.Actual = fact.Status, said(a)
	return f
}

// said describes a response in short.
func said(a session.Response) string {
	text := fmt.Sprintf("%s returned status %d", a.Request, a.Status)
	if d := a.Detail(); d != "" {
		text += ": " + d
	}
	return text
}

// missing are the statuses of a route that does not exist.
func missing(status int) bool {
	return slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, status)
}

// lists asks for both collections, as Entra's Test Connection does (W-14, E13 of the field).
func (q *questions) lists(ctx context.Context) {
	for _, r := range []*Resource{&q.survey.Users, &q.survey.Groups} {
		a, f := q.send(ctx, http.MethodGet, "/"+r.Name+"s?count=1", nil)
		page := a.Page()
		r.There, r.Why, r.Fact = a.Status == http.StatusOK && (page.Listed || page.Counted), f.Actual, f
		if r.There && page.Counted {
			q.totals[r.Name] = page.Total
		}
		q.narrow(ctx, r, a)
	}
	if q.survey.Users.There {
		return
	}
	a, _ := q.send(ctx, http.MethodGet, "/Users?startIndex=1&count=1", nil)
	if page := a.Page(); a.Status == http.StatusOK && (page.Listed || page.Counted) { // a target that pages by cursor first
		q.survey.Users.There = true
		return
	}
	q.survey.Stop = q.begun(ctx, a)
}

// discovery reads the three discovery endpoints. What they announce decides what is sent.
func (q *questions) discovery(ctx context.Context) {
	s := q.survey
	q.Ahead(ctx, "/ServiceProviderConfig", "/ResourceTypes", "/Schemas")
	if a, _ := q.send(ctx, http.MethodGet, "/ServiceProviderConfig", nil); a.Status == http.StatusOK && a.Body != nil {
		s.Documents = append(s.Documents, "/ServiceProviderConfig")
		for _, name := range []string{"patch", "bulk", "filter", "changePassword", "sort", "etag", "pagination"} {
			feature, _ := a.Body[resource.Key(a.Body, name)].(map[string]any)
			if yes, said := feature["supported"].(bool); said {
				s.Declared[name] = yes
			}
			if name == "bulk" {
				q.operations = limit(feature)
			}
		}
	}
	extensions := q.types(ctx)
	a, _ := q.send(ctx, http.MethodGet, "/Schemas", nil)
	page := a.Page()
	if a.Status == http.StatusOK && len(page.Resources) > 0 {
		s.Documents = append(s.Documents, "/Schemas")
	}
	for _, r := range []*Resource{&s.Users, &s.Groups} {
		r.describe(page.Resources, extensions[r.Name])
	}
	q.ruled()
	for _, path := range q.options.Mapped {
		for _, r := range []*Resource{&s.Users, &s.Groups} {
			if rest, ok := strings.CutPrefix(path, r.Name+"."); ok {
				r.mapped(rest)
			}
		}
	}
}

// ruled takes over what the caller knows of the people of this service: the values that each
// needs, and the attributes that clients may not change.
func (q *questions) ruled() {
	rules := q.People()
	for _, r := range []*Resource{&q.survey.Users, &q.survey.Groups} {
		template := rules.User
		if r.Name == "Group" {
			template = rules.Group
		}
		for i := range r.Attributes {
			a := &r.Attributes[i]
			a.Required = a.Required || resource.Value(template, a.Path) != nil
			if r.Name == "User" && rules.Fixed(a.Path) {
				a.Mutability = "immutable"
			}
		}
	}
}

// types reads /ResourceTypes and returns the URNs of the extensions by resource type. Without a
// list, the enterprise extension belongs to users.
func (q *questions) types(ctx context.Context) map[string][]string {
	extensions := map[string][]string{"User": {resource.Enterprise}}
	a, _ := q.send(ctx, http.MethodGet, "/ResourceTypes", nil)
	list := a.Page().Resources
	if a.Status != http.StatusOK || len(list) == 0 {
		return extensions
	}
	q.survey.Documents = append(q.survey.Documents, "/ResourceTypes")
	extensions = map[string][]string{}
	for _, e := range list {
		name, _ := e["name"].(string)
		schema, _ := e["schema"].(string)
		for _, r := range []*Resource{&q.survey.Users, &q.survey.Groups} {
			if !strings.EqualFold(name, r.Name) && !strings.EqualFold(schema, urn(r.Name)) {
				continue
			}
			r.Declared = true
			more, _ := e["schemaExtensions"].([]any)
			for _, x := range more {
				m, _ := x.(map[string]any)
				if s, ok := m["schema"].(string); ok {
					extensions[r.Name] = append(extensions[r.Name], s)
				}
			}
		}
	}
	return extensions
}

func urn(kind string) string {
	if kind == "Group" {
		return resource.Group
	}
	return resource.User
}

// describe takes over the attributes that /Schemas lists, or the defaults without such a list.
func (r *Resource) describe(schemas []map[string]any, extensions []string) {
	for _, schema := range schemas {
		id, _ := schema["id"].(string)
		switch {
		case strings.EqualFold(id, urn(r.Name)):
			r.Declared, r.Described = true, true
			r.Attributes = append(r.Attributes, leaves(schema, "")...)
			r.OnRequest, r.Hidden = returns(schema, "members", "request"), returns(schema, "members", "never")
			r.Given = given(schema)
		case slices.ContainsFunc(extensions, func(s string) bool { return strings.EqualFold(s, id) }),
			r.Name == "User" && strings.EqualFold(id, resource.Enterprise): // whatever /ResourceTypes says of it
			r.Attributes = append(r.Attributes, leaves(schema, id+":")...)
			r.Manager = r.Manager || strings.EqualFold(id, resource.Enterprise) && lists(schema, "manager")
		}
	}
	if !r.Described {
		r.Attributes, r.Manager = defaults(r.Name), r.Name == "User"
	}
	if r.Find("externalId") == nil { // it belongs to every resource (RFC 7643 section 3.1)
		r.Attributes = append(r.Attributes, Attribute{Path: "externalId", Type: "string", CaseExact: true})
	}
	slices.SortFunc(r.Attributes, func(a, b Attribute) int { return strings.Compare(a.Path, b.Path) })
	r.Attributes = slices.CompactFunc(r.Attributes, func(a, b Attribute) bool { return strings.EqualFold(a.Path, b.Path) })
}

// mapped notes that a mapping sends an attribute.
func (r *Resource) mapped(path string) {
	if a := r.Find(path); a != nil {
		a.Mapped = true
		return
	}
	if len(r.Under(path)) > 0 {
		return
	}
	a := text(path)
	a.Mapped = true
	r.Attributes = append(r.Attributes, a)
	slices.SortFunc(r.Attributes, func(a, b Attribute) int { return strings.Compare(a.Path, b.Path) })
}

// byKey is the path of a query for the resource with a name.
func byKey(collection, key, name string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(key+` eq "`+name+`"`)
}
