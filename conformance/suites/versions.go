package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// versions are the checks of entity tags.
func versions() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-012", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "optional",
			Needs: []string{catalog.Patch},
			Title: "rejects a change whose If-Match names an older version, if it announces entity tags",
			Why:   "A client sends If-Match to avoid overwriting other changes.",
			Fix:   "Compare If-Match with the current version, and return 412.",
		}, func(ctx context.Context, p *probe) {
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
		}),
	}
}
