package suites

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// authentication are the checks of requests without a token.
func authentication() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-002", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "authentication",
			Title: "rejects every request without a token",
			Why:   "An open endpoint exposes every account.",
			Fix:   "Check the token before the route, for every method of every endpoint.",
		}, func(ctx context.Context, p *probe) {
			for _, d := range p.doors(ctx) {
				p.shut(ctx, d, http.Header{})
			}
		}),
		check(catalog.Check{
			ID: "HTP-051", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "unauthorized",
			Title: "returns 401 with WWW-Authenticate without a token",
			Why:   "Entra tells its administrator to renew the token after a 401. Other statuses look like other faults.",
			Fix:   "Return 401 with a WWW-Authenticate header when the token is missing or wrong.",
		}, func(ctx context.Context, p *probe) {
			for _, collection := range p.collections() {
				a, err := p.Send(ctx, http.MethodGet, p.anyList(collection), nil, http.Header{})
				p.got(a, err)
				if a.Status < 300 {
					p.skip("the target lets requests without a token in") // which another check judges
				}
				p.finding.Cause = ""
				p.expect(a, match.Status(http.StatusUnauthorized))
				p.finding.Cause = "www-authenticate"
				p.expect(a.Header.Get("WWW-Authenticate") != "", match.That("the 401 response has a WWW-Authenticate header", "the header is missing"))
			}
		}),
	}
}

// guesses are the checks of wrong credentials. They run after all others: services slow down clients
// that send them.
func guesses() []Spec {
	return atLast([]Spec{
		check(catalog.Check{
			ID: "HTP-052", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "wrong-token",
			Title: "rejects every request with a wrong token",
			Why:   "A token that is only looked at, and not compared, lets everybody in.",
			Fix:   "Compare the whole token, for every method of every endpoint, and return 401.",
		}, func(ctx context.Context, p *probe) {
			p.guess(ctx, p.doors(ctx), p.wrong(), "authentication", http.Header{})
		}),
		check(catalog.Check{
			ID: "HTP-053", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tampered-token",
			Title: "rejects every request with a token that was changed in one character, made longer or shorter",
			Why:   "A token whose end or signature is not compared can be guessed.",
			Fix:   "Compare the whole token, or verify the whole signature.",
		}, func(ctx context.Context, p *probe) {
			own := p.Credentials()
			if scheme, token, _ := strings.Cut(own, " "); !strings.EqualFold(scheme, "Bearer") || token == "" {
				p.skip("the run has no bearer token")
			}
			users := slices.DeleteFunc(p.doors(ctx), func(d door) bool { return strings.HasPrefix(d.path, "/Groups/") })
			p.guess(ctx, users, p.With("Authorization", tampered(own)), "wrong-token", p.wrong())
			for _, longer := range []string{own + "x", own[:len(own)-1]} {
				p.guess(ctx, users[:1], p.With("Authorization", longer), "wrong-token", p.wrong())
			}
		}),
		check(catalog.Check{
			ID: "HTP-009", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: catalog.Basis{Kind: catalog.RFC, Ref: "RFC 8725 section 3.3", URL: "https://www.rfc-editor.org/rfc/rfc8725#section-3.3"}, Rule: "R-150", Cause: "forged-token",
			Title: "rejects forged tokens that claim to come from Microsoft",
			Why:   "Without a secret, Entra sends its own token. If the signature is not verified, anyone can forge one.",
			Fix:   "Verify signature, issuer, audience and expiry of a JWT with the issuer's published keys. Accept only RS256. Return 401 otherwise.",
		}, func(ctx context.Context, p *probe) {
			d := door{method: http.MethodGet, path: p.anyList("Users")}
			p.known(ctx)
			for _, token := range forgeries() {
				p.shut(ctx, d, p.With("Authorization", "Bearer "+token))
			}
			p.known(ctx)
		}),
	})
}

// door is a request that must not be let in without credentials.
type door struct {
	method, path string
	body         any
	// collection is where a POST creates, and key the attribute that identifies the object.
	collection, key string
}

// doors returns every route with every method. Requests that could remove something come last.
func (p *probe) doors(ctx context.Context) []door {
	u := p.aUser(ctx, "door", nil)
	list := []door{
		{method: http.MethodGet, path: p.anyList("Users")},
		{method: http.MethodGet, path: filtered("Users", `userName eq "`+p.Name("nobody")+`"`)},
	}
	things := []*thing{u}
	if p.Lacks(catalog.GroupsHere) == "" && (!p.survey.Asked || p.survey.Groups.Made.Works) {
		list = append(list, door{method: http.MethodGet, path: p.anyList("Groups")})
		things = append(things, p.aGroup(ctx, "door"))
	}
	for _, t := range things {
		key := "userName"
		if t.collection == "Groups" {
			key = "displayName"
		}
		list = append(
			list,
			door{method: http.MethodGet, path: t.path()},
			door{method: http.MethodPost, path: "/" + t.collection, body: p.renamedBody(t), collection: t.collection, key: key},
			door{method: http.MethodPatch, path: t.path(), body: patchOp(op(p.spelled("replace"), "displayName", p.Name("nobody")))}, // a taken name would be refused
			door{method: http.MethodPut, path: t.path(), body: t.sent},
		)
	}
	search := map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:SearchRequest"}, "count": 1}
	nothing := map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": []any{
		map[string]any{"method": http.MethodPatch, "path": u.path(), "data": patchOp(op(p.spelled("replace"), "displayName", "Nobody"))},
	}}
	list = append(
		list, door{method: http.MethodPost, path: "/Users/.search", body: search}, door{method: http.MethodPost, path: "/.search", body: search},
		door{method: http.MethodPost, path: "/Bulk", body: nothing}, door{method: http.MethodGet, path: "/Me"},
	)
	for _, t := range slices.Backward(things) {
		list = append(list, door{method: http.MethodDelete, path: t.path()})
	}
	return list
}

// opens sends the request of a door and reports whether it was let in. A target that is busy with
// guessers did not let the request in.
func (p *probe) opens(ctx context.Context, d door, header http.Header) bool {
	var a session.Response
	var err error
	if body, is := d.body.(map[string]any); is && d.collection != "" {
		a, err = p.MakeAs(ctx, d.collection, d.key, body, header)
	} else {
		a, err = p.Send(ctx, d.method, d.path, d.body, header)
	}
	return p.let(a, err)
}

// let reports whether a response lets the request in.
func (p *probe) let(a session.Response, err error) bool {
	if _, gone := errors.AsType[*session.Gone](err); err != nil && session.AsLost(err) == nil && !gone {
		return false
	}
	p.got(a, err)
	return a.Status >= 200 && a.Status < 300
}

// shut asserts that a door lets nobody in with a header.
func (p *probe) shut(ctx context.Context, d door, header http.Header) {
	open := p.opens(ctx, d, header)
	a := p.last
	p.expect(!open, match.That("the request is rejected", fmt.Sprintf("%s returned status %d", a.Request, a.Status)))
}

// guess tries doors with wrong credentials. After three of them it sends the right ones, so that a
// service that counts wrong ones in a row does not lock the client out. If a door that opens does so
// for weaker credentials too, the cause is that one.
func (p *probe) guess(ctx context.Context, doors []door, header http.Header, cause string, weaker http.Header) {
	const most = 3
	for group := range slices.Chunk(doors, most) {
		if i := p.firstOpen(ctx, group, header); i >= 0 {
			a := p.last
			if group[i].method != http.MethodDelete && p.opens(ctx, group[i], weaker) {
				p.finding.Cause = cause
			}
			p.expect(false, match.That("the request is rejected", fmt.Sprintf("%s returned status %d", a.Request, a.Status)))
		}
		if len(group) == most {
			p.known(ctx)
		}
	}
	p.finding.Assertions++
	p.known(ctx)
}

// firstOpen tries doors with a header, several at once if it may. It returns the index of the first one
// that opens, or -1.
func (p *probe) firstOpen(ctx context.Context, doors []door, header http.Header) int {
	if p.thorough || !p.Several() {
		return slices.IndexFunc(doors, func(d door) bool { return p.opens(ctx, d, header) })
	}
	p.hurried = true
	list := make([]session.Attempt, len(doors))
	for i, d := range doors {
		list[i] = session.Attempt{Method: d.method, Path: d.path, Body: d.body, Header: header, Collection: d.collection, Key: d.key}
	}
	responses, errs := p.Attempts(ctx, list)
	for i := range doors {
		if p.let(responses[i], errs[i]) {
			return i
		}
	}
	return -1
}

// wrong is a header with a token that nobody was given.
func (p *probe) wrong() http.Header {
	return p.With("Authorization", "Bearer scimdrill-"+p.Name("wrong"))
}

// known sends a request with the right credentials.
func (p *probe) known(ctx context.Context) {
	a, err := p.Send(ctx, http.MethodGet, p.anyList("Users"), nil, nil)
	p.got(a, err)
}

// got takes a response of Send or Make.
func (p *probe) got(a session.Response, err error) {
	if err != nil {
		p.stop(err)
	}
	p.last = a
}

// tampered changes the last character of a token. A change at the end of a base64url text may mean
// the same bytes, so that a JSON Web Token is changed in the middle of its signature.
func tampered(credentials string) string {
	b := []byte(credentials)
	i := len(b) - 1
	if strings.Count(credentials, ".") >= 2 {
		i = (strings.LastIndex(credentials, ".") + len(b)) / 2
	}
	b[i] = map[bool]byte{true: 'B', false: 'A'}[b[i] == 'A']
	return string(b)
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
