package endpoint

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/reach"
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
	// UsersOnly says that Test Connection does not query for groups (W-C17).
	UsersOnly bool
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
			lines[0].Fix = reach.Advice(found)
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
	l := Finding{Outcome: reports.Passed, About: "Test Connection", Text: "a query for an unknown user returns 200 and an empty list"}
	if why, fix := EmptyList(x); why != "" {
		l.Outcome, l.Text, l.Fix = reports.Failed, "GET /Users?filter=userName eq \"<random>\": "+why, fix
	}
	return l, x
}

// groups asks for a group that cannot exist (W-6, W-14). Test Connection fails with the
// query, as in two reports of 2026, unless the probe is for users only (W-C17).
func (p *Probe) groups(ctx context.Context) Finding {
	query := "excludedAttributes=members&filter=" + url.QueryEscape(`displayName eq "`+p.GUID+`"`)
	x := p.get(ctx, p.base(), "/Groups", query, true)
	l := Finding{Outcome: reports.Passed, About: "Groups", Text: "a query for an unknown group returns 200 and an empty list"}
	if why, fix := EmptyList(x); why != "" {
		l.Outcome, l.Text = reports.Failed, "GET /Groups?filter=displayName eq \"<random>\": "+why
		l.Fix = fix + "; if the target has no groups, return an empty list"
		if p.UsersOnly {
			l.Outcome = reports.Warned
			l.Fix = fix + "; if the target has no groups, disable the group mapping in Entra"
		}
	}
	return l
}

// EmptyList says what is wrong with the answer to a query that finds nothing.
func EmptyList(x *exchange.Exchange) (why, fix string) {
	if why, fix = reach.Refused(x); why != "" {
		return why, fix
	}
	return notEmptyList(x.ResponseBody)
}

func notEmptyList(body []byte) (why, fix string) {
	var list struct {
		Schemas      []string          `json:"schemas"`
		TotalResults *int              `json:"totalResults"`
		Resources    []json.RawMessage `json:"Resources"`
	}
	const shape = `return {"schemas":["` + scim.ListURN + `"],"totalResults":0,"Resources":[]}`
	switch err := json.Unmarshal(body, &list); {
	case err != nil:
		return "the body is not a ListResponse in JSON", shape
	case list.TotalResults == nil:
		return "totalResults is missing from the list", shape
	case *list.TotalResults > 0 || len(list.Resources) > 0:
		return fmt.Sprintf("the list has %d entries, so the filter was ignored", max(*list.TotalResults, len(list.Resources))),
			"evaluate the filter, or Entra matches the wrong user"
	case !slices.Contains(list.Schemas, scim.ListURN):
		return "schemas of the list does not contain " + scim.ListURN, shape
	}
	return "", ""
}

// credentials asks the same without credentials: it must be refused.
func (p *Probe) credentials(ctx context.Context) Finding {
	l := Finding{Outcome: reports.Passed, About: "Credentials"}
	if p.Endpoint.Authorization == "" {
		l.Outcome, l.Text = reports.Warned, "none given; the target responds without credentials"
		l.Fix = "require a bearer token; anyone who finds the URL can read and change all accounts"
		return l
	}
	x := p.get(ctx, p.base(), "/Users", "filter="+url.QueryEscape(`userName eq "`+p.GUID+`"`), false)
	switch {
	case x.Status == http.StatusUnauthorized:
		l.Text = "accepted; without credentials the target returns 401"
	case x.Status >= 200 && x.Status < 300:
		l.Outcome, l.Text = reports.Warned, fmt.Sprintf("without credentials the target also returns %d", x.Status)
		l.Fix = "return 401 to a request without a token; anyone who finds the URL can read and change all accounts"
	default:
		l.Outcome, l.Text = reports.Warned, fmt.Sprintf("accepted; without credentials the target returns %s, not 401", answer(x))
		l.Fix = "return 401 (RFC 7644 section 3.12), so that Entra reports wrong credentials"
	}
	return l
}

func answer(x *exchange.Exchange) string {
	if x.Failure != "" {
		return "no response (" + string(x.Failure) + ")"
	}
	return strconv.Itoa(x.Status)
}

// elsewhere tries the usual base paths on the same host.
func (p *Probe) elsewhere(ctx context.Context, x *exchange.Exchange) string {
	if !x.Answered() || x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden {
		return ""
	}
	return reach.Elsewhere(p.base(), func(base string) bool {
		x := p.get(ctx, base, "/Users", "filter="+url.QueryEscape(`userName eq "`+p.GUID+`"`), true)
		why, _ := EmptyList(x)
		return why == ""
	})
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
