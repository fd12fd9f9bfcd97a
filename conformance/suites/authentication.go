package suites

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// authentication are the checks of authentication.
func authentication() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-002", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "authentication",
			Title: "rejects requests without a token",
			Why:   "An open endpoint exposes every account.",
			Fix:   "Return 401 with WWW-Authenticate when the token is missing.",
		}, func(ctx context.Context, p *probe) {
			a, err := p.Send(ctx, "GET", "/Users?count=1", nil, http.Header{})
			if err != nil {
				p.stop(err)
			}
			p.expect(a, match.Status(401))
			p.expect(a.Header.Get("WWW-Authenticate") != "", match.That("the 401 response has a WWW-Authenticate header", "the header is missing"))
		}),
		check(catalog.Check{
			ID: "HTP-009", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: catalog.Basis{Kind: catalog.RFC, Ref: "RFC 8725 section 3.3", URL: "https://www.rfc-editor.org/rfc/rfc8725#section-3.3"}, Rule: "R-150", Cause: "authentication",
			Title: "rejects forged tokens that claim to come from Microsoft",
			Why:   "Without a secret, Entra sends its own token. If the signature is not verified, anyone can forge one.",
			Fix:   "Verify signature, issuer, audience and expiry of a JWT with the issuer's published keys. Accept only RS256. Return 401 otherwise.",
		}, func(ctx context.Context, p *probe) {
			for _, token := range forgeries() {
				a, err := p.Send(ctx, "GET", "/Users?count=1", nil, http.Header{"Authorization": {"Bearer " + token}})
				if err != nil {
					p.stop(err)
				}
				p.expect(a, match.Status(401))
			}
		}),
	}
}

// forgeries returns tokens that look like Entra's but have no valid signature. One signature
// is all zeros. The other is missing, with the algorithm none. The claims expire in 2100.
func forgeries() []string {
	encode := base64.RawURLEncoding.EncodeToString
	claims := encode([]byte(`{"aud":"8adf8e6e-67b2-4cf2-a259-e3dc5476c621","iss":"https://sts.windows.net/00000000-0000-4000-8000-000000000000/",` +
		`"iat":1767600000,"nbf":1767600000,"exp":4102444800,"appid":"00000014-0000-0000-c000-000000000000","ver":"1.0"}`))
	return []string{
		encode([]byte(`{"typ":"JWT","alg":"RS256","kid":"nobody"}`)) + "." + claims + "." + encode([]byte(strings.Repeat("\x00", 256))),
		encode([]byte(`{"typ":"JWT","alg":"none"}`)) + "." + claims + ".",
	}
}
