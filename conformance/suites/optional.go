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

// announces returns what /ServiceProviderConfig says about a feature. It skips the check if
// the feature is not announced.
func (p *probe) announces(ctx context.Context, feature, flag string) map[string]any {
	a := p.get(ctx, "/ServiceProviderConfig")
	said := inner(a.Body, feature)
	if a.Status != http.StatusOK || said[flag] != true {
		Skip("the target does not announce " + feature + "." + flag)
	}
	return said
}

// queriesOptional registers the checks of optional query features.
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
					"alpha, Beta and gamma are in "+order+" order", fmt.Sprintf("the user at position %d is out of order", i+1)))
			}
		}
	})
	r.check("QRY-027", func(ctx context.Context, p *probe) {
		p.announces(ctx, "pagination", "cursor")
		a, b, c := p.three(ctx)
		p.walked("each of three users is on one page, and the last page has no nextCursor", func() string { return p.walkByCursor(ctx, []string{a, b, c}) })
	})
}

// walkByCursor reads all pages by cursor. It returns what went wrong, or "".
func (p *probe) walkByCursor(ctx context.Context, own []string) string {
	const size = 50
	seen := map[any]int{}
	for cursor, pages := "", 0; ; pages++ {
		count := size
		if pages < 2 {
			count = 2 // to get more than one page
		}
		a := p.get(ctx, fmt.Sprintf("/Users?count=%d&cursor=%s", count, url.QueryEscape(cursor)))
		if pages > 0 && a.Status == http.StatusBadRequest {
			return "the target rejected its own nextCursor"
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
					return fmt.Sprintf("one of the users is on %d pages", seen[id])
				}
			}
			return ""
		case len(seen) > most:
			Skip(fmt.Sprintf("the target has more than %d users, the most that this check reads", most))
		case pages > most/size+2:
			return fmt.Sprintf("page %d still has a nextCursor, after %d users", pages+1, len(seen))
		}
	}
}

// protocolOptional registers the checks of entity tags and bulk requests.
func (r *registry) protocolOptional() {
	r.check("HTP-012", func(ctx context.Context, p *probe) {
		p.announces(ctx, "etag", "supported")
		path, _, _ := p.plain(ctx, "version")
		version := p.get(ctx, path).Header.Get("ETag")
		p.expect(version != "", match.That("a read returns an ETag header", "the header is missing, although etag.supported is true"))
		p.change(ctx, path, op("replace", "title", "First"))
		a, err := p.Send(ctx, http.MethodPatch, path, patchOp(op("replace", "title", "Second")), p.With("If-Match", version))
		if err != nil {
			p.stop(err)
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
		a, ids, err := p.MakeInBulk(ctx, []session.Planned{
			{Collection: "Users", Key: "userName", BulkID: "person", Body: user}, {Collection: "Groups", Key: "displayName", BulkID: "group", Body: group},
		})
		if err != nil {
			p.stop(err)
		}
		p.expect(a, match.Status(http.StatusOK))
		for _, what := range []string{"person", "group"} {
			p.expect(ids[what] != "", match.That("both bulk operations succeed and return a location", "the "+what+" operation failed or returned no location"))
		}
		p.expectMembers(ctx, "/Groups/"+ids["group"], "a bulk request", ids["person"])
	})
	r.check("HTP-011", func(ctx context.Context, p *probe) {
		limit, _ := p.announces(ctx, "bulk", "supported")["maxOperations"].(float64)
		const large = 2000
		if limit < 1 || limit > large {
			Skip(fmt.Sprintf("bulk.maxOperations is %v; this check needs a limit from 1 to %d", limit, large))
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
