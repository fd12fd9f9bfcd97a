package suites

import (
	"context"
	"fmt"
	"maps"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Finding is what a check leaves for the report, under EntryName in its spec report.
type Finding struct {
	ID         catalog.ID
	Expected   string // set when the check failed
	Actual     string
	Unanswered string // set when no answer came: the check is errored
	Assertions int
	Exchanges  []*exchange.Exchange
}

// EntryName is the name of the report entry that holds a *Finding.
const EntryName = "scimdrill"

// Register adds every check to the tree under construction; with ids, only those.
func Register(s *session.Session, ids ...catalog.ID) {
	r := &registry{session: s, only: ids}
	Describe("SCIM 2.0", func() { // the one top-level container keeps the order
		r.attributes()
		r.memberships()
		r.protocol()
		r.queries()
		r.users()
	})
}

type registry struct {
	session *session.Session
	only    []catalog.ID
}

// check registers one body.
func (r *registry) check(id catalog.ID, body func(ctx context.Context, c *probe)) {
	entry, ok := catalog.Lookup(id)
	if !ok {
		panic("suites: no such check: " + string(id)) // programmer error
	}
	if len(r.only) > 0 && !slices.Contains(r.only, id) {
		return
	}
	It(string(id)+" "+entry.Title, Offset(1), Label("id:"+string(id), "level:"+string(entry.Level), "suite:"+entry.Suite), func(ctx SpecContext) {
		if ctx.Err() != nil {
			Skip("the run was cancelled")
		}
		c := &probe{Case: r.session.Begin(string(id)), finding: &Finding{ID: id}}
		c.gomega = gomega.NewGomega(c.failed)
		AddReportEntry(EntryName, ReportEntryVisibilityNever, c.finding)
		defer func() {
			c.finding.Exchanges = c.Exchanges
			c.End(context.WithoutCancel(ctx))
		}()
		body(ctx, c)
	})
}

// probe is one check under way, with the words that bodies use.
type probe struct {
	*session.Case
	gomega  gomega.Gomega
	finding *Finding
}

// expect asserts; a failure ends the check.
func (p *probe) expect(actual any, m types.GomegaMatcher) {
	p.finding.Assertions++
	p.gomega.Expect(actual).To(m)
}

func (p *probe) failed(message string, _ ...int) {
	p.finding.Expected, p.finding.Actual = match.Split(message)
	Fail(p.finding.Actual)
}

// stop ends a check that got no answer.
func (p *probe) stop() {
	p.finding.Unanswered = p.Unanswered
	Fail("errored: " + p.Unanswered)
}

func (p *probe) do(ctx context.Context, method, path string, body any) session.Answer {
	a, ok := p.Send(ctx, method, path, body, nil)
	if !ok {
		p.stop()
	}
	return a
}

func (p *probe) get(ctx context.Context, path string) session.Answer {
	return p.do(ctx, "GET", path, nil)
}

// read gets a resource that must be there.
func (p *probe) read(ctx context.Context, path string) map[string]any {
	a := p.get(ctx, path)
	p.expect(a, match.Status(200))
	return a.Body
}

func (p *probe) patch(ctx context.Context, path string, operations ...map[string]any) session.Answer {
	return p.do(ctx, "PATCH", path, map[string]any{
		"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, "Operations": operations,
	})
}

func op(name, path string, value any) map[string]any {
	o := map[string]any{"op": name}
	if path != "" {
		o["path"] = path
	}
	if value != nil {
		o["value"] = value
	}
	return o
}

// post tries to make an object and returns the answer.
func (p *probe) post(ctx context.Context, collection, key string, body map[string]any) session.Answer {
	a, ok := p.Make(ctx, collection, key, body)
	if !ok {
		p.stop()
	}
	return a
}

const (
	enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	coreUser   = "urn:ietf:params:scim:schemas:core:2.0:User"
	coreGroup  = "urn:ietf:params:scim:schemas:core:2.0:Group"
)

// person is a user as Entra creates it (W-29 to W-35); more is merged in.
func (p *probe) person(what string, more map[string]any) map[string]any {
	name := p.Name(what)
	body := map[string]any{
		"schemas": []string{coreUser, enterprise}, "externalId": "X-" + name,
		"userName": name + "@scimdrill.example", "active": true, "displayName": "Conf " + what,
		"name":   map[string]any{"givenName": "Conf", "familyName": what},
		"emails": []any{map[string]any{"type": "work", "primary": true, "value": name + "@scimdrill.example"}},
	}
	maps.Copy(body, more)
	return body
}

// user makes a user that must be made, and returns its path and what was sent.
func (p *probe) user(ctx context.Context, what string, more map[string]any) (path, id string, sent map[string]any) {
	sent = p.person(what, more)
	a := p.post(ctx, "Users", "userName", sent)
	p.expect(a, match.Status(201, 200))
	id = p.id(a)
	return "/Users/" + id, id, sent
}

func (p *probe) id(a session.Answer) string {
	id, _ := a.Body["id"].(string)
	p.expect(id != "", match.That("the answer holds an id that is a non-empty string", a.Request+" was answered without one"))
	return id
}

// group makes a group with members.
func (p *probe) group(ctx context.Context, what string, members ...string) (path, name string) {
	name = p.Name(what)
	list := []any{}
	for _, id := range members {
		list = append(list, map[string]any{"value": id})
	}
	a := p.post(ctx, "Groups", "displayName", map[string]any{
		"schemas": []string{coreGroup}, "externalId": "X-" + name, "displayName": name, "members": list,
	})
	p.expect(a, match.Status(201, 200))
	return "/Groups/" + p.id(a), name
}

// members reads the members of a group, sorted.
func (p *probe) members(ctx context.Context, path string) []string {
	body := p.read(ctx, path)
	ids := []string{}
	list, _ := body["members"].([]any)
	for _, m := range list {
		entry, _ := m.(map[string]any)
		id, _ := entry["value"].(string)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// expectMembers compares the members of a group with a set and says who is missing or too many.
func (p *probe) expectMembers(ctx context.Context, path, after string, want ...string) {
	got := p.members(ctx, path)
	slices.Sort(want)
	missing, extra := 0, 0
	for _, id := range want {
		if !slices.Contains(got, id) {
			missing++
		}
	}
	for _, id := range got {
		if !slices.Contains(want, id) {
			extra++
		}
	}
	twice := len(got) - len(slices.Compact(slices.Clone(got)))
	p.expect(slices.Equal(got, want), match.That(
		fmt.Sprintf("after %s the group has exactly %d members", after, len(want)),
		fmt.Sprintf("after %s the group has %d members: %d missing, %d foreign, %d entered twice", after, len(got), missing, extra, twice)))
}

// element finds the value of a multi-valued attribute with a type.
func element(body map[string]any, attribute, kind string) map[string]any {
	list, _ := body[attribute].([]any)
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && m["type"] == kind {
			return m
		}
	}
	return nil
}

func inner(body map[string]any, name string) map[string]any {
	m, _ := body[name].(map[string]any)
	return m
}
