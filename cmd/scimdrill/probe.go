package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// probe asks an endpoint what Entra and an implementer would ask it first.
type probe struct {
	endpoint *endpoint
	sender   *exchange.Sender
	guid     string
	record   func(*exchange.Exchange)
}

// look asks in the order in which things go wrong. An error means that nobody answered.
func (p *probe) look(ctx context.Context) ([]line, error) {
	users, x := p.testConnection(ctx)
	if x.Failure != "" && x.Status == 0 {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, unreachable(p.endpoint, x)
	}
	lines := []line{users}
	if users.outcome == reports.Failed {
		lines[0].fix = refusalFix(p.endpoint, x, lines[0].fix)
		if found := p.elsewhere(ctx, x); found != "" {
			lines[0].fix = "SCIM answers at " + found + ": use it as --target, and as tenant URL in Entra"
		}
		return lines, nil
	}
	lines = append(lines, p.credentials(ctx), p.groups(ctx))
	return append(lines, p.discovery(ctx)...), nil
}

// get sends a GET below the tenant URL, with Entra's headers: no User-Agent, no Accept (W-25, W-26).
func (p *probe) get(ctx context.Context, base, path, query string, authorized bool) *exchange.Exchange {
	header := p.endpoint.header.Clone()
	header["User-Agent"] = []string{""}
	if authorized && p.endpoint.authorization != "" {
		header.Set("Authorization", p.endpoint.authorization)
	}
	target := base + path
	if all := strings.Trim(p.endpoint.url.RawQuery+"&"+query, "&"); all != "" {
		target += "?" + all
	}
	x := p.sender.Send(ctx, exchange.Request{Label: "connect", Method: http.MethodGet, URL: target, Header: header})
	if p.record != nil {
		p.record(x)
	}
	return x
}

// base is the tenant URL without trailing slash and query (W-8).
func (p *probe) base() string {
	u := p.endpoint.url
	return strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/")
}

// testConnection asks for a user that cannot exist (W-1 to W-3).
func (p *probe) testConnection(ctx context.Context) (line, *exchange.Exchange) {
	query := "filter=" + url.QueryEscape(`userName eq "`+p.guid+`"`)
	x := p.get(ctx, p.base(), "/Users", query, true)
	l := line{outcome: reports.Passed, about: "Test Connection", text: "a user who does not exist is answered with 200 and an empty list"}
	if why, fix := emptyList(x); why != "" {
		l.outcome, l.text, l.fix = reports.Failed, "GET /Users?filter=userName eq \"<random>\": "+why, fix
	}
	return l, x
}

// groups asks for a group that cannot exist (W-6, W-14).
func (p *probe) groups(ctx context.Context) line {
	query := "excludedAttributes=members&filter=" + url.QueryEscape(`displayName eq "`+p.guid+`"`)
	x := p.get(ctx, p.base(), "/Groups", query, true)
	l := line{outcome: reports.Passed, about: "Groups", text: "a group that does not exist is answered with 200 and an empty list"}
	if why, fix := emptyList(x); why != "" {
		l.outcome, l.text = reports.Warned, "GET /Groups?filter=displayName eq \"<random>\": "+why
		l.fix = fix + "; without groups, switch the group mapping off in Entra"
	}
	return l
}

// emptyList says what is wrong with the answer to a query that finds nothing.
func emptyList(x *exchange.Exchange) (why, fix string) {
	switch {
	case x.Failure != "":
		return x.Failure.Meaning()
	case x.Status >= 300 && x.Status < 400:
		return fmt.Sprintf("status %d sends the client to %q, and Entra does not follow redirects", x.Status, x.ResponseHeader.Get("Location")),
			"use the place it points to as tenant URL, or answer without a redirect"
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return fmt.Sprintf("status %d: the credentials were not accepted%s", x.Status, challenge(x)),
			"give a valid token by --token-file or SCIMDRILL_TOKEN; the server must read \"Authorization: Bearer TOKEN\""
	case isPage(x):
		return fmt.Sprintf("status %d with an HTML page instead of JSON", x.Status),
			"is this the address of the web site? the tenant URL is the base of /Users, often with /scim or /scim/v2 at its end"
	case x.Status == http.StatusNotFound:
		return "status 404", "is the path of the tenant URL right? a query that finds nothing must be answered with 200 and an empty list, never with 404"
	case x.Status != http.StatusOK:
		return fmt.Sprintf("status %d", x.Status), "a query that finds nothing must be answered with 200 and an empty list"
	}
	return notEmptyList(x.ResponseBody)
}

// isPage reports whether the answer is made for people.
func isPage(x *exchange.Exchange) bool {
	media, _, _ := mime.ParseMediaType(x.ResponseHeader.Get("Content-Type"))
	return media == "text/html" || bytes.HasPrefix(bytes.TrimSpace(bytes.ToLower(x.ResponseBody)), []byte("<!doctype html"))
}

func notEmptyList(body []byte) (why, fix string) {
	var list struct {
		Schemas      []string          `json:"schemas"`
		TotalResults *int              `json:"totalResults"`
		Resources    []json.RawMessage `json:"Resources"`
	}
	const shape = `answer {"schemas":["` + scim.ListURN + `"],"totalResults":0,"Resources":[]}`
	switch err := json.Unmarshal(body, &list); {
	case err != nil:
		return "the body is not the JSON of a ListResponse", shape
	case list.TotalResults == nil:
		return "the list has no totalResults", shape
	case *list.TotalResults > 0 || len(list.Resources) > 0:
		return fmt.Sprintf("the list has %d entries, so the filter is not obeyed", max(*list.TotalResults, len(list.Resources))),
			"evaluate the filter; Entra would take the wrong user for the right one"
	case !slices.Contains(list.Schemas, scim.ListURN):
		return "schemas of the list lacks " + scim.ListURN, shape
	}
	return "", ""
}

// credentials asks the same without credentials: it must be refused.
func (p *probe) credentials(ctx context.Context) line {
	l := line{outcome: reports.Passed, about: "Credentials"}
	if p.endpoint.authorization == "" {
		l.outcome, l.text = reports.Warned, "none were given, and the target answers without"
		l.fix = "demand a bearer token: whoever finds the URL can read and change all accounts"
		return l
	}
	x := p.get(ctx, p.base(), "/Users", "filter="+url.QueryEscape(`userName eq "`+p.guid+`"`), false)
	switch {
	case x.Status == http.StatusUnauthorized:
		l.text = "accepted; without them the answer is 401"
	case x.Status >= 200 && x.Status < 300:
		l.outcome, l.text = reports.Warned, fmt.Sprintf("without them the answer is %d as well", x.Status)
		l.fix = "answer 401 to a request without a token: whoever finds the URL can read and change all accounts"
	default:
		l.outcome, l.text = reports.Warned, fmt.Sprintf("accepted; without them the answer is %s, not 401", answer(x))
		l.fix = "answer 401 (RFC 7644 section 3.12), so that Entra says that the credentials are wrong"
	}
	return l
}

func answer(x *exchange.Exchange) string {
	if x.Failure != "" {
		return "none (" + string(x.Failure) + ")"
	}
	return strconv.Itoa(x.Status)
}

// elsewhere tries the usual base paths on the same host.
func (p *probe) elsewhere(ctx context.Context, x *exchange.Exchange) string {
	if !x.Answered() || x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden {
		return ""
	}
	u := p.endpoint.url
	origin := u.Scheme + "://" + u.Host
	for _, path := range []string{"/scim/v2", "/scim", "/scim/v2.0", "/v2", "/api/scim/v2", "/api/scim", "/api/v2/scim", ""} {
		if origin+path == p.base() {
			continue
		}
		x := p.get(ctx, origin+path, "/Users", "filter="+url.QueryEscape(`userName eq "`+p.guid+`"`), true)
		if why, _ := emptyList(x); why == "" {
			return origin + path
		}
	}
	return ""
}

// line is one thing that a probe found out.
type line struct {
	outcome reports.Outcome
	about   string
	text    string
	fix     string
}

// randomGUID is a user name that nobody has, as Test Connection asks for (W-1).
func randomGUID(random func() uint64) string {
	a, b := random(), random()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", a&0xffffffff, a>>32&0xffff, a>>48&0xfff, b>>48&0xfff, b&0xffffffffffff)
}
