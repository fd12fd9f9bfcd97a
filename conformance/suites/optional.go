package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// announces skips a check of what /ServiceProviderConfig does not announce, and gives what
// it says of it.
func (p *probe) announces(ctx context.Context, feature, flag string) map[string]any {
	a := p.get(ctx, "/ServiceProviderConfig")
	said := inner(a.Body, feature)
	if a.Status != http.StatusOK || said[flag] != true {
		Skip("the target does not announce " + feature + "." + flag)
	}
	return said
}

// queriesOptional is about queries that a target may leave out.
func (r *registry) queriesOptional() {
	r.check("QRY-025", func(ctx context.Context, p *probe) {
		_, id, first := p.plain(ctx, "one")
		_, _, second := p.plain(ctx, "two")
		text := "userName eq " + quoted(first["userName"]) + " or userName eq " + quoted(second["userName"]) + " and externalId eq " + quoted(p.Name("nobody"))
		a := p.get(ctx, filtered("Users", text))
		if a.Status == http.StatusBadRequest {
			p.expect(a, match.SCIMError(http.StatusBadRequest, "invalidFilter"))
			return
		}
		p.only(a, id)
	})
	r.check("QRY-026", func(ctx context.Context, p *probe) {
		p.announces(ctx, "sort", "supported")
		family := p.Name("family")
		var want []any
		for _, name := range []string{"Beta", "alpha", "gamma"} {
			_, id, _ := p.user(ctx, "sorted", map[string]any{"displayName": name, "name": map[string]any{"familyName": family}})
			want = append(want, id)
		}
		want[0], want[1] = want[1], want[0] // alpha, Beta, gamma
		for order, ids := range map[string][]any{"ascending": want, "descending": {want[2], want[1], want[0]}} {
			a := p.get(ctx, filtered("Users", "name.familyName eq "+quoted(family))+"&sortBy=displayName&sortOrder="+order)
			p.expect(a, match.Total(3))
			list, _ := a.Body["Resources"].([]any)
			for i := range ids {
				p.expect(idOf(list[i]) == ids[i], match.That(
					"alpha, Beta and gamma are sorted "+order, fmt.Sprintf("sorted %s, number %d is another one", order, i+1)))
			}
		}
	})
	r.check("QRY-027", func(ctx context.Context, p *probe) {
		p.announces(ctx, "pagination", "cursor")
		a, b, c := p.three(ctx)
		p.walked("each of three users is on one page, and the walk ends", func() string { return p.walkByCursor(ctx, []string{a, b, c}) })
	})
}

// walkByCursor says what was wrong, or "".
func (p *probe) walkByCursor(ctx context.Context, own []string) string {
	const size = 50
	seen := map[any]int{}
	for cursor, pages := "", 0; ; pages++ {
		count := size
		if pages < 2 {
			count = 2 // so that there is more than one page
		}
		a := p.get(ctx, fmt.Sprintf("/Users?count=%d&cursor=%s", count, url.QueryEscape(cursor)))
		if pages > 0 && a.Status == http.StatusBadRequest {
			return "a nextCursor of the target's own was refused"
		}
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		for _, one := range list {
			seen[idOf(one)]++
		}
		cursor, _ = a.Body["nextCursor"].(string)
		switch {
		case cursor == "":
			for _, id := range own {
				if seen[id] != 1 {
					return fmt.Sprintf("one of them is on %d pages", seen[id])
				}
			}
			return ""
		case len(seen) > most:
			Skip(fmt.Sprintf("there are more than %d users, and a walk through all is too much for a check", most))
		case pages > most/size+2:
			return fmt.Sprintf("after %d pages with %d users there is still a nextCursor", pages+1, len(seen))
		}
	}
}

// protocolOptional is about entity tags and bulk requests.
func (r *registry) protocolOptional() {
	r.check("HTP-012", func(ctx context.Context, p *probe) {
		p.announces(ctx, "etag", "supported")
		path, _, _ := p.plain(ctx, "version")
		version := p.get(ctx, path).Header.Get("ETag")
		p.expect(version != "", match.That("a read has an ETag", "it has none, though etag is announced"))
		p.change(ctx, path, op("replace", "title", "First"))
		a, ok := p.Send(ctx, http.MethodPatch, path, patchOp(op("replace", "title", "Second")), p.With("If-Match", version))
		if !ok {
			p.stop()
		}
		p.expect(a, match.Status(http.StatusPreconditionFailed))
		p.expect(p.read(ctx, path)["title"], match.Is("title", "First"))
	})
	r.check("HTP-010", func(ctx context.Context, p *probe) {
		p.announces(ctx, "bulk", "supported")
		user, name := p.person("bulk", nil), p.Name("bulk-group")
		group := map[string]any{
			"schemas": []string{coreGroup}, "externalId": "X-" + name, "displayName": name, "members": refs("bulkId:person"),
		}
		a, ids, ok := p.MakeInBulk(ctx, []session.Planned{
			{Collection: "Users", Key: "userName", BulkID: "person", Body: user}, {Collection: "Groups", Key: "displayName", BulkID: "group", Body: group},
		})
		if !ok {
			p.stop()
		}
		p.expect(a, match.Status(http.StatusOK))
		for _, what := range []string{"person", "group"} {
			p.expect(ids[what] != "", match.That("both operations make something and give its location", "of the "+what+" the answer has no location, or the operation failed"))
		}
		p.expectMembers(ctx, "/Groups/"+ids["group"], "a bulk request", ids["person"])
	})
	r.check("HTP-011", func(ctx context.Context, p *probe) {
		limit, _ := p.announces(ctx, "bulk", "supported")["maxOperations"].(float64)
		const large = 2000
		if limit < 1 || limit > large {
			Skip(fmt.Sprintf("bulk.maxOperations is %v, and more operations are too much for a check", limit))
		}
		gone := map[string]any{"method": http.MethodDelete, "path": "/Users/" + p.Name("nobody")}
		list := make([]any, int(limit)+1)
		for i := range list {
			list[i] = gone
		}
		a := p.do(ctx, http.MethodPost, "/Bulk", map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": list})
		p.expect(a, match.Status(http.StatusRequestEntityTooLarge))
	})
}
