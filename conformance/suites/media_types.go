package suites

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// mediaTypes are the checks of media types.
func mediaTypes() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-003", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.8"), Rule: "R-82", Cause: "media-type",
			Title: "returns responses with Content-Type application/scim+json",
			Why:   "Microsoft asks for this media type in all responses.",
			Fix:   "Set Content-Type to application/scim+json.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "type")
			a := p.get(ctx, path)
			kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
			p.expect(strings.TrimSpace(strings.ToLower(kind)), match.Is("Content-Type", "application/scim+json"))
		}),
	}
}
