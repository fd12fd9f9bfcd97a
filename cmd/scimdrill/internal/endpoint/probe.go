package endpoint

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

// Probe asks an endpoint what Entra and an implementer would ask it first.
type Probe struct {
	Endpoint *Endpoint
	Sender   *exchange.Sender
	GUID     string
	Record   func(*exchange.Exchange)
}

// Look asks in the order in which things go wrong. An error means that nobody answered.
func (p *Probe) Look(ctx context.Context) ([]Finding, error) {
	users, x := p.TestConnection(ctx)
	if x.Failure != "" && x.Status == 0 {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, Unreachable(p.Endpoint, x)
	}
	lines := []Finding{users}
	if users.Outcome == reports.Failed {
		lines[0].Fix = RefusalFix(p.Endpoint, x, lines[0].Fix)
		if found := p.elsewhere(ctx, x); found != "" {
			lines[0].Fix = "SCIM answers at " + found + ": use it as --target, and as tenant URL in Entra"
		}
		return lines, nil
	}
	lines = append(lines, p.credentials(ctx), p.groups(ctx))
	return append(lines, p.discovery(ctx)...), nil
}

// get sends a GET below the tenant URL, with Entra's headers: no User-Agent, no Accept (W-25, W-26).
func (p *Probe) get(ctx context.Context, base, path, query string, authorized bool) *exchange.Exchange {
	header := p.Endpoint.Header.Clone()
	header["User-Agent"] = []string{""}
	if authorized && p.Endpoint.Authorization != "" {
		header.Set("Authorization", p.Endpoint.Authorization)
	}
	target := base + path
	if all := strings.Trim(p.Endpoint.URL.RawQuery+"&"+query, "&"); all != "" {
		target += "?" + all
	}
	x := p.Sender.Send(ctx, exchange.Request{Label: "connect", Method: http.MethodGet, URL: target, Header: header})
	if p.Record != nil {
		p.Record(x)
	}
	return x
}

// base is the tenant URL without trailing slash and query (W-8).
func (p *Probe) base() string {
	u := p.Endpoint.URL
	return strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/")
}

// TestConnection asks for a user that cannot exist (W-1 to W-3).
func (p *Probe) TestConnection(ctx context.Context) (Finding, *exchange.Exchange) {
	query := "filter=" + url.QueryEscape(`userName eq "`+p.GUID+`"`)
	x := p.get(ctx, p.base(), "/Users", query, true)
	l := Finding{Outcome: reports.Passed, About: "Test Connection", Text: "a user who does not exist is answered with 200 and an empty list"}
	if why, fix := EmptyList(x); why != "" {
		l.Outcome, l.Text, l.Fix = reports.Failed, "GET /Users?filter=userName eq \"<random>\": "+why, fix
	}
	return l, x
}

// groups asks for a group that cannot exist (W-6, W-14).
func (p *Probe) groups(ctx context.Context) Finding {
	query := "excludedAttributes=members&filter=" + url.QueryEscape(`displayName eq "`+p.GUID+`"`)
	x := p.get(ctx, p.base(), "/Groups", query, true)
	l := Finding{Outcome: reports.Passed, About: "Groups", Text: "a group that does not exist is answered with 200 and an empty list"}
	if why, fix := EmptyList(x); why != "" {
		l.Outcome, l.Text = reports.Warned, "GET /Groups?filter=displayName eq \"<random>\": "+why
		l.Fix = fix + "; without groups, switch the group mapping off in Entra"
	}
	return l
}

// EmptyList says what is wrong with the answer to a query that finds nothing.
func EmptyList(x *exchange.Exchange) (why, fix string) {
	switch {
	case x.Failure != "":
		return x.Failure.Meaning()
	case x.Status >= 300 && x.Status < 400:
		return fmt.Sprintf("status %d sends the client to %q, and Entra does not follow redirects", x.Status, x.ResponseHeader.Get("Location")),
			"use the place it points to as tenant URL, or answer without a redirect"
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return fmt.Sprintf("status %d: the credentials were not accepted%s", x.Status, challenge(x)),
			"give a valid token by --token-file or SCIMDRILL_TOKEN; the server must read \"Authorization: Bearer TOKEN\""
	case IsPage(x):
		return fmt.Sprintf("status %d with an HTML page instead of JSON", x.Status),
			"is this the address of the web site? the tenant URL is the base of /Users, often with /scim or /scim/v2 at its end"
	case x.Status == http.StatusNotFound:
		return "status 404", "is the path of the tenant URL right? a query that finds nothing must be answered with 200 and an empty list, never with 404"
	case x.Status != http.StatusOK:
		return fmt.Sprintf("status %d", x.Status), "a query that finds nothing must be answered with 200 and an empty list"
	}
	return notEmptyList(x.ResponseBody)
}

// IsPage reports whether the answer is made for people.
func IsPage(x *exchange.Exchange) bool {
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
func (p *Probe) credentials(ctx context.Context) Finding {
	l := Finding{Outcome: reports.Passed, About: "Credentials"}
	if p.Endpoint.Authorization == "" {
		l.Outcome, l.Text = reports.Warned, "none were given, and the target answers without"
		l.Fix = "demand a bearer token: whoever finds the URL can read and change all accounts"
		return l
	}
	x := p.get(ctx, p.base(), "/Users", "filter="+url.QueryEscape(`userName eq "`+p.GUID+`"`), false)
	switch {
	case x.Status == http.StatusUnauthorized:
		l.Text = "accepted; without them the answer is 401"
	case x.Status >= 200 && x.Status < 300:
		l.Outcome, l.Text = reports.Warned, fmt.Sprintf("without them the answer is %d as well", x.Status)
		l.Fix = "answer 401 to a request without a token: whoever finds the URL can read and change all accounts"
	default:
		l.Outcome, l.Text = reports.Warned, fmt.Sprintf("accepted; without them the answer is %s, not 401", answer(x))
		l.Fix = "answer 401 (RFC 7644 section 3.12), so that Entra says that the credentials are wrong"
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
func (p *Probe) elsewhere(ctx context.Context, x *exchange.Exchange) string {
	if !x.Answered() || x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden {
		return ""
	}
	u := p.Endpoint.URL
	origin := u.Scheme + "://" + u.Host
	for _, path := range []string{"/scim/v2", "/scim", "/scim/v2.0", "/v2", "/api/scim/v2", "/api/scim", "/api/v2/scim", ""} {
		if origin+path == p.base() {
			continue
		}
		x := p.get(ctx, origin+path, "/Users", "filter="+url.QueryEscape(`userName eq "`+p.GUID+`"`), true)
		if why, _ := EmptyList(x); why == "" {
			return origin + path
		}
	}
	return ""
}

// Finding is one thing that a probe found out.
type Finding struct {
	Outcome reports.Outcome
	About   string
	Text    string
	Fix     string
}

// RandomGUID is a user name that nobody has, as Test Connection asks for (W-1).
func RandomGUID(random func() uint64) string {
	a, b := random(), random()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", a&0xffffffff, a>>32&0xffff, a>>48&0xfff, b>>48&0xfff, b&0xffffffffffff)
}
