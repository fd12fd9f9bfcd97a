package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// protocol registers the checks of errors, authentication and media types.
func (r *registry) protocol() {
	r.check("HTP-001", func(ctx context.Context, p *probe) {
		p.expect(p.get(ctx, "/Users/"+p.Name("no-such-id")), match.SCIMError(404, ""))
	})
	r.check("HTP-002", func(ctx context.Context, p *probe) {
		a, err := p.Send(ctx, "GET", "/Users?count=1", nil, http.Header{})
		if err != nil {
			p.stop(err)
		}
		p.expect(a, match.Status(401))
		p.expect(a.Header.Get("WWW-Authenticate") != "", match.That("the 401 response has a WWW-Authenticate header", "the header is missing"))
	})
	r.check("HTP-009", func(ctx context.Context, p *probe) {
		for _, token := range forgeries() {
			a, err := p.Send(ctx, "GET", "/Users?count=1", nil, http.Header{"Authorization": {"Bearer " + token}})
			if err != nil {
				p.stop(err)
			}
			p.expect(a, match.Status(401))
		}
	})
	r.check("HTP-004", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "words")
		p.expect(p.post(ctx, "Users", "userName", p.person("again", map[string]any{"userName": sent["userName"]})), match.Keyword())
		p.expect(p.get(ctx, filtered("Users", "userName nosuchoperator")), match.Keyword())
		p.expect(p.do(ctx, "POST", "/Users", "{"), match.Keyword())
		p.expect(p.get(ctx, path+"-no"), match.Keyword())
	})
	r.check("HTP-003", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "type")
		a := p.get(ctx, path)
		kind, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
		p.expect(strings.TrimSpace(strings.ToLower(kind)), match.Is("Content-Type", "application/scim+json"))
	})
}
