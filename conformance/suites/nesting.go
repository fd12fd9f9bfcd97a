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

// patience is the time limit for a request that might loop.
const patience = 15 * time.Second

// groupsNested registers the checks of nested groups, for targets that accept them.
func (r *registry) groupsNested() {
	r.check("MEM-036", func(ctx context.Context, p *probe) {
		user, id, _ := p.plain(ctx, "twice")
		one, _ := p.group(ctx, "one", id)
		two, _ := p.group(ctx, "two", id)
		p.nested(ctx, one, two)
		list, _ := p.read(ctx, user)["groups"].([]any)
		if len(list) == 0 {
			Skip("the target does not return a user's groups")
		}
		seen := map[string]bool{}
		for _, e := range list {
			m, _ := e.(map[string]any)
			pair := match.JSON([]any{m["type"], m["value"]})
			p.expect(!seen[pair], match.That("each group of the user is listed once", fmt.Sprintf("two of the %d listed groups have the same type and value", len(list))))
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
			p.expect(closing.Status < 500, match.That("a membership that closes a loop is accepted, or rejected with a 4xx status", fmt.Sprintf("%s returned status %d", closing.Request, closing.Status)))
			return
		}
		for _, path := range []string{one, two} {
			p.expect(p.inTime(ctx, http.MethodGet, path, nil), match.Status(http.StatusOK))
		}
	})
}

// inTime sends a request that must not loop.
func (p *probe) inTime(ctx context.Context, method, path string, body any) session.Response {
	a, ok := p.soon(ctx, patience, method, path, body)
	p.expect(ok, match.That(fmt.Sprintf("a response within %s", patience), fmt.Sprintf("%s %s received no response", method, path)))
	return a
}

// nested creates a group whose members are groups. It skips the check if the target rejects that.
func (p *probe) nested(ctx context.Context, groups ...string) (path string) {
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = strings.TrimPrefix(g, "/Groups/")
	}
	name := p.Name("outer")
	a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + name, "members": refs(ids...)})
	if a.Status >= 400 {
		Skip(fmt.Sprintf("the target rejects groups as members (status %d)", a.Status))
	}
	p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	return "/Groups/" + p.id(a)
}

// soon sends a request with a time limit. ok is false if no response arrives in time.
func (p *probe) soon(ctx context.Context, d time.Duration, method, path string, body any) (a session.Response, ok bool) {
	within, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	a, err := p.Send(within, method, path, body, nil)
	if err == nil {
		return a, true
	}
	answered := len(p.Exchanges) == 0 || p.Exchanges[len(p.Exchanges)-1].Status != 0 // with 429, and a retry was due
	if within.Err() == nil || ctx.Err() != nil || answered {
		p.stop(err) // the request failed for another reason
	}
	return a, false
}
