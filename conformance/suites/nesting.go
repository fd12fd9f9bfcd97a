package suites

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// patience is how long a request may take that might run in a circle.
const patience = 15 * time.Second

// groupsNested is about groups in groups, for targets that take them.
func (r *registry) groupsNested() {
	r.check("MEM-036", func(ctx context.Context, p *probe) {
		user, id, _ := p.plain(ctx, "twice")
		one, _ := p.group(ctx, "one", id)
		two, _ := p.group(ctx, "two", id)
		p.nested(ctx, one, two)
		list, _ := p.read(ctx, user)["groups"].([]any)
		if len(list) == 0 {
			Skip("the target shows no groups of a user")
		}
		seen := map[string]bool{}
		for _, e := range list {
			m, _ := e.(map[string]any)
			pair := match.JSON([]any{m["type"], m["value"]})
			p.expect(!seen[pair], match.That("no group of a user is listed twice", fmt.Sprintf("of the %d groups of the user two have the same type and value", len(list))))
			seen[pair] = true
		}
	})
	r.check("MEM-037", func(ctx context.Context, p *probe) {
		one, _ := p.group(ctx, "one")
		two := p.nested(ctx, one)
		add := patchOp(op("add", "members", refs(strings.TrimPrefix(two, "/Groups/"))))
		closing := p.inTime(ctx, http.MethodPatch, one, add)
		p.because("no-patch", closing, match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
		if closing.Status >= 400 {
			p.expect(closing.Status < 500, match.That("a member that closes a ring is taken, or refused as the client's mistake", fmt.Sprintf("%s was answered with status %d", closing.Request, closing.Status)))
			return
		}
		for _, path := range []string{one, two} {
			p.expect(p.inTime(ctx, http.MethodGet, path, nil), match.Status(http.StatusOK))
		}
	})
}

// inTime sends a request that might run in a circle, and must not.
func (p *probe) inTime(ctx context.Context, method, path string, body any) session.Answer {
	a, ok := p.soon(ctx, patience, method, path, body)
	p.expect(ok, match.That("requests about groups that contain each other end", fmt.Sprintf("%s %s has no answer after %s", method, path, patience)))
	return a
}

// nested makes a group of groups, and skips the check where there can be none.
func (p *probe) nested(ctx context.Context, groups ...string) (path string) {
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = strings.TrimPrefix(g, "/Groups/")
	}
	name := p.Name("outer")
	a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + name, "members": refs(ids...)})
	if a.Status >= 400 {
		Skip(fmt.Sprintf("the target takes no group as a member: status %d", a.Status))
	}
	p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	return "/Groups/" + p.id(a)
}

// soon sends a request that must be answered within some time; ok is false for one that is not.
func (p *probe) soon(ctx context.Context, d time.Duration, method, path string, body any) (a session.Answer, ok bool) {
	within, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	if a, ok = p.Send(within, method, path, body, nil); ok {
		return a, true
	}
	answered := len(p.Exchanges) == 0 || p.Exchanges[len(p.Exchanges)-1].Status != 0 // with 429, and to be asked again
	if within.Err() == nil || ctx.Err() != nil || answered {
		p.stop() // it has another reason
	}
	p.Unanswered = ""
	return a, false
}
