package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// memberIDs returns the values of the members of a group, sorted.
func memberIDs(group map[string]any) []string {
	ids := []string{}
	list, _ := group[resource.Key(group, "members")].([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		id, _ := m[resource.Key(m, "value")].(string)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// roster changes the members of a group by PATCH. The group must then have exactly the members
// want, and everything else as before.
func (p *probe) roster(ctx context.Context, g *thing, want []string, operations ...map[string]any) session.Response {
	for _, o := range operations {
		if name, _ := o["op"].(string); p.check.Cause != "letter-case-op" {
			o["op"] = p.spelled(name)
		}
	}
	a := p.do(ctx, http.MethodPatch, g.path(), patchOp(operations...))
	p.rostered(ctx, g, want, a)
	return a
}

// rostered asserts the outcome of a request that sets members.
func (p *probe) rostered(ctx context.Context, g *thing, want []string, a session.Response) {
	if a.Status >= 400 && a.Status < 500 {
		p.relabel("members-add members-remove members-replace", "members-refused")
	}
	p.expect(a, match.Success())
	p.becomes(ctx, g, resource.With(g.now, "members", refs(want...)), a, "members")
}

// unmoved asserts that a request which may be rejected leaves the group as it is.
func (p *probe) unmoved(ctx context.Context, g *thing, a session.Response) {
	p.becomes(ctx, g, g.now, a, "members")
}

// sameMembers compares the members of a group as sets. named reports whether the request a was
// about members.
func (p *probe) sameMembers(before, want, got map[string]any, named bool, a session.Response) {
	was, due, has := memberIDs(before), slices.Compact(memberIDs(want)), memberIDs(got)
	missing, extra, lost := 0, 0, 0
	for _, id := range due {
		if !slices.Contains(has, id) {
			missing++
			if slices.Contains(was, id) {
				lost++
			}
		}
	}
	once := slices.Compact(slices.Clone(has))
	for _, id := range once {
		if !slices.Contains(due, id) {
			extra++
		}
	}
	p.finding.Assertions++
	if slices.Equal(due, has) {
		return
	}
	f := fact.Fact{
		Layer: fact.Value, Attribute: "members", Status: a.Status, Kind: rosterKind(missing, extra, lost, len(has)-len(once)), Idle: slices.Equal(was, has),
		Expected: fmt.Sprintf("the group has exactly the %d expected members", len(due)),
		Actual: fmt.Sprintf("it has %d members: %d missing, %d unexpected, %d duplicated after %s",
			len(has), missing, extra, len(has)-len(once), a.Request),
	}
	f.Method, f.Route = a.Kind()
	switch {
	case named:
	case slices.Contains(p.named, "members"):
		f.Layer = fact.Claim
	default:
		f.Layer = fact.Side
		f.Expected += ", because the request does not name members"
	}
	if lost > 0 {
		p.relabel("members-add", "members-lost")
		p.relabel("members-remove members-absent letter-case-op", "members-removed-others")
	}
	p.end(Failed, f)
}

func rosterKind(missing, extra, lost, again int) fact.Kind {
	switch {
	case extra == 0 && lost > 0:
		return fact.Lost
	case missing == 0 && extra == 0 && again > 0:
		return fact.Duplicated
	case missing > 0 && extra > 0:
		return fact.OtherValue
	case missing > 0:
		return fact.TooFew
	}
	return fact.TooMany
}

// relabel replaces the cause of the check if it is one of those in from.
func (p *probe) relabel(from, to string) {
	if p.finding.Cause == "" && slices.Contains(strings.Fields(from), p.check.Cause) {
		p.finding.Cause = to
	}
}

// manned asserts that an arranged group has its members. Without them, nothing about members can
// be judged.
func (p *probe) manned(g *thing, members []string, cause string) {
	want, has := slices.Sorted(slices.Values(members)), memberIDs(g.now)
	p.because(cause, slices.Equal(want, has), match.That(
		fmt.Sprintf("a group that was made with %d members has them", len(want)), fmt.Sprintf("a read of the group shows %d members, or others", len(has))))
}

// echoes asserts that the body of a response to a write, if it has one, is what the next read
// shows (RFC 7644 sections 3.3, 3.5.1 and 3.5.2). Names in without are not compared.
func (p *probe) echoes(a session.Response, now map[string]any, without ...string) {
	p.finding.Assertions++
	if a.Status < 200 || a.Status > 299 || len(a.Body) == 0 {
		return
	}
	rules := p.rules(nil)
	unnamed := p.survey.Groups.OnRequest && a.Body[resource.Key(a.Body, "members")] == nil
	rules.Ignored = func(path string) bool {
		return slices.Contains(without, path) || unnamed && strings.EqualFold(path, "members")
	}
	p.last = a
	for _, d := range resource.Compare(now, a.Body, rules) {
		f := fact.Fact{
			Layer: fact.Value, Kind: d.Kind, Attribute: d.Path, Status: a.Status,
			Expected: d.Path + " is " + match.JSON(d.Want) + ", as in the next read", Actual: d.Path + " is " + match.JSON(d.Got) + " in the response to " + a.Request,
		}
		f.Method, f.Route = a.Kind()
		p.end(Failed, f)
	}
}
