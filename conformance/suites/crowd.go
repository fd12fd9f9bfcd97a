package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// crowd is a few users who share a value that nobody else has. A filter that is combined with
// this value selects among them, however many other users there are.
type crowd struct {
	people  []*thing
	mark    filtermodel.Filter
	subject string // a text attribute in which they differ
}

// aCrowd arranges one user for each value of the subject; nil leaves it out. more has further
// attributes of each user and may be shorter.
func (p *probe) aCrowd(ctx context.Context, subjects []any, more ...map[string]any) *crowd {
	texts := p.textNames()
	if len(texts) < 2 {
		p.finding.Lacks = "two text attributes of users"
		p.skip("the target keeps too few text attributes of users")
	}
	shared := p.Name("crowd")
	// The subject comes last in the list of attributes that must share the value.
	c := &crowd{subject: texts[len(texts)-1]}
	if slices.Contains(texts, "title") {
		c.subject = "title"
	}
	marks := slices.DeleteFunc(slices.Clone(texts), func(path string) bool { return path == c.subject })
	bodies := make([]map[string]any, len(subjects))
	for i, value := range subjects {
		sent := p.person("one", nil)
		for _, path := range marks {
			sent = resource.With(sent, path, shared)
		}
		sent = resource.With(sent, c.subject, value)
		if i < len(more) {
			for path, v := range more[i] {
				sent = resource.With(sent, path, v)
			}
		}
		bodies[i] = sent
	}
	for i, id := range p.all(ctx, "Users", bodies) {
		c.people = append(c.people, &thing{collection: "Users", id: id, sent: bodies[i], now: bodies[i], subjects: []string{c.subject}})
	}
	p.marks(ctx, c, marks, shared)
	return c
}

// made creates a resource without reading it.
func (p *probe) made(ctx context.Context, collection string, sent map[string]any) *thing {
	key, cause := "userName", "no-users"
	if collection == "Groups" {
		key, cause = "displayName", "no-groups"
	}
	a := p.post(ctx, collection, key, sent)
	p.because(cause, a, match.Made())
	return &thing{collection: collection, id: p.id(a), sent: sent, now: sent}
}

// marks finds an attribute by which the target selects exactly the crowd.
func (p *probe) marks(ctx context.Context, c *crowd, paths []string, shared string) {
	for _, path := range paths {
		f := filtermodel.Compare(path, "eq", shared)
		a := p.get(ctx, filtered("Users", f.String()))
		found := a.Page().Resources
		right := a.Status == http.StatusOK && len(found) == len(c.people)
		for _, r := range found {
			i := slices.IndexFunc(c.people, func(t *thing) bool { return t.id == r["id"] })
			if right = right && i >= 0; right {
				c.people[i].sent = resource.With(c.people[i].sent, "meta", r["meta"])
			}
		}
		if right {
			c.mark = f
			return
		}
	}
	p.finding.Lacks = "filters on a text attribute of users"
	p.skip("the target selects users by none of their text attributes")
}

// asks sends a filter about the crowd. The target must select exactly what the filter describes,
// or say that it does not support it.
func (c *crowd) asks(ctx context.Context, p *probe, filters ...filtermodel.Filter) {
	both := make([]filtermodel.Filter, len(filters))
	for i, f := range filters {
		both[i] = filtermodel.And(c.mark, f)
	}
	p.aheadOf(ctx, "Users", both...)
	for i, f := range filters {
		a := p.get(ctx, filtered("Users", both[i].String()))
		if unsupported(a) {
			p.finding.Assertions++
			continue
		}
		p.selects(a, both[i].Spelled(f.String()), c.people)
	}
}
