package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// usersEverywhere is the check of every read of a user after each kind of change.
func usersEverywhere() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-080", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "reads-apart", Alone: true,
			Needs: []string{catalog.Patch},
			Title: "shows a user in every list and query as it is after each change",
			Why:   "Entra compares what queries show. A query that shows an old state makes it write for ever.",
			Fix:   "Read lists and queries from the same data as reads by id. Update each copy and each index with the write.",
		}, func(ctx context.Context, p *probe) { p.everywhere(ctx) }),
	}
}

// lookout is a user under changes, and the ways to read it beside the read by id.
type lookout struct {
	*probe
	user *thing
	// ways are those that showed the new user, and apart what they showed otherwise even then.
	ways  []way
	apart map[string]bool
}

// way is a query that shows the user among others, or not: then it is nil.
type way struct {
	name string
	path string // of the first request
	look func(ctx context.Context) map[string]any
}

// everywhere changes a user by each kind of request, and compares all ways to read it.
func (p *probe) everywhere(ctx context.Context) {
	l := &lookout{probe: p, user: p.aFilledUser(ctx, "seen"), apart: map[string]bool{}}
	l.user.now = p.arranged(ctx, l.user)
	all := l.all()
	l.begin(ctx, all)
	for _, w := range all {
		shown := w.look(ctx)
		if shown == nil { // what does not find a new user is for others to judge
			continue
		}
		l.ways = append(l.ways, w)
		for _, d := range l.differences(shown) {
			l.apart[w.name+" "+d.Path] = true
			if d.Kind == fact.TooFew { // one of two elements; other checks create users with one
				p.finds(w.name, "lists", apart(p.last, d, w.name))
			}
		}
	}
	name := p.carrier()
	l.changed(ctx, "a PATCH", http.MethodPatch, patchOp(op(p.spelled("replace"), name, "Seen")))
	if p.Lacks(catalog.Put) == "" && (!p.survey.Asked || p.survey.Put.Works) {
		body := resource.With(l.user.sent, name, "Seen again")
		body["id"] = l.user.id
		l.changed(ctx, "a PUT", http.MethodPut, body)
	}
	if a := p.survey.Users.Find("active"); a != nil && a.Post == survey.Kept && a.Patch == survey.Kept {
		l.changed(ctx, "a deactivation", http.MethodPatch, patchOp(op(p.spelled("replace"), "active", false)))
	}
	if a := p.do(ctx, http.MethodDelete, l.user.path(), nil); a.Status >= http.StatusMultipleChoices {
		return
	}
	l.begin(ctx, l.ways)
	for _, w := range l.ways {
		p.finding.Cause = "delete"
		p.expect(w.look(ctx) == nil, match.That("after a DELETE, "+w.name+" does not show the user", p.last.Request+" still shows it"))
	}
}

// all are the ways to read a user that a target may have.
func (l *lookout) all() []way {
	var out []way
	if !l.survey.Users.Stuck {
		out = append(out, way{"the list of all users", firstPage, l.listed})
	}
	for _, path := range []string{"userName", "externalId", "emails.value"} {
		value := resource.Value(l.user.now, path)
		if list, _ := resource.Value(l.user.now, "emails").([]any); path == "emails.value" && len(list) > 0 {
			value = valued(list[len(list)-1])
		}
		if path == l.carrier() { // which the changes are made in
			continue
		}
		if text, _ := value.(string); text != "" && l.ability(catalog.Filter).Works && l.Lacks(catalog.Filter) == "" {
			asked := filtered("Users", path+" eq "+quoted(text))
			out = append(out, way{"a filter by " + path, asked, func(ctx context.Context) map[string]any {
				return byID(l.get(ctx, asked).Page().Resources, l.user.id)
			}})
		}
	}
	return out
}

// firstPage is the first page of all users.
const firstPage = "/Users?startIndex=1&count=20"

// begin sends the first requests of ways together.
func (l *lookout) begin(ctx context.Context, ways []way) {
	paths := make([]string, len(ways))
	for i, w := range ways {
		paths[i] = w.path
	}
	l.ahead(ctx, paths...)
}

// listed looks for the user on the first and on the last page of all users.
func (l *lookout) listed(ctx context.Context) map[string]any {
	const size = 20
	first := l.get(ctx, firstPage).Page()
	if one := byID(first.Resources, l.user.id); one != nil || first.Total <= len(first.Resources) {
		return one
	}
	return byID(l.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", first.Total-size+1, size)).Page().Resources, l.user.id)
}

// moved reports whether the user is on another page now.
func (l *lookout) moved(ctx context.Context) bool {
	const size, pages = 50, 20
	for start, n := 1, 0; n < pages; n++ {
		page := l.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", start, size)).Page()
		start += len(page.Resources)
		if byID(page.Resources, l.user.id) != nil {
			return true
		}
		if len(page.Resources) == 0 || start > page.Total {
			return false
		}
	}
	return true // or nobody knows
}

// changed sends a write, reads the user by id, and compares what each way shows.
func (l *lookout) changed(ctx context.Context, what, method string, body any) {
	if a := l.do(ctx, method, l.user.path(), body); a.Status >= http.StatusMultipleChoices { // writes have checks of their own
		return
	}
	read := l.get(ctx, l.user.path())
	if read.Status != http.StatusOK {
		return
	}
	l.user.now = read.Body
	l.begin(ctx, l.ways)
	for i, w := range l.ways {
		l.finding.Assertions++
		shown := w.look(ctx)
		if shown == nil && i == 0 && l.moved(ctx) {
			continue
		}
		l.compared(what, w, shown)
	}
}

// compared notes what a way shows otherwise than the read by id.
func (l *lookout) compared(what string, w way, shown map[string]any) {
	subject := "after " + what + ", " + w.name
	if shown == nil {
		if active, is := l.user.now[resource.Key(l.user.now, "active")].(bool); is && !active {
			return // RFC 7643 leaves open what active means; USR-010 is about what Entra needs
		}
		f := apart(l.last, resource.Difference{Path: "id", Kind: fact.Absent, Want: l.user.id}, subject)
		f.Actual = subject + " does not show the user"
		l.finds(subject, "", f)
		return
	}
	for _, d := range l.differences(shown) {
		if l.apart[w.name+" "+d.Path] {
			continue
		}
		f := apart(l.last, d, subject)
		f.Layer = fact.Claim
		f.Expected += ", as the read by id before it"
		l.finds(subject, "", f)
		return
	}
}

// differences are those between the read by id and another representation, which may show more.
func (l *lookout) differences(shown map[string]any) []resource.Difference {
	return slices.DeleteFunc(resource.Compare(l.user.now, shown, l.rules(nil)), func(d resource.Difference) bool {
		return d.Want == nil || strings.HasPrefix(d.Path, "meta")
	})
}
