package survey

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/reach"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Stop says why nothing can be judged, and what to do.
type Stop struct{ Sentence, Fix string }

// begun looks at the first list of users. It returns nil if the survey can go on.
func (q *questions) begun(ctx context.Context, a session.Response) *Stop {
	x := q.last()
	if a.Status == http.StatusNotFound && a.Body != nil && !reach.IsPage(x) {
		return nil // an empty service may say so; a create shows whether users are here
	}
	why, fix := reach.Refused(x)
	switch {
	case a.Status == 0:
		return &Stop{"the target gives no response to " + x.Method + " " + x.URL + ": " + why, fix}
	case a.Status == http.StatusUnauthorized, a.Status == http.StatusForbidden, a.Status >= 300 && a.Status < 400:
		return &Stop{a.Request + ": " + why, fix}
	case a.Status >= http.StatusInternalServerError && a.Status != http.StatusNotImplemented:
		return &Stop{said(a) + ", and nothing can be judged while reading fails", "look into the log of the service; the list of users must return 200"}
	}
	if found := q.elsewhere(ctx); found != "" || missing(a.Status) {
		return q.lost(a, found)
	}
	switch {
	case why != "":
		return &Stop{a.Request + ": " + why, fix}
	case a.Body == nil:
		return &Stop{a.Request + " returned a body that is not a JSON object: " + quoted(a.Raw), "return a ListResponse (RFC 7644 section 3.4.2)"}
	case a.Status == http.StatusOK:
		return &Stop{a.Request + " returned an object that is not a list, without totalResults and Resources: " + quoted(a.Raw), "return a ListResponse (RFC 7644 section 3.4.2)"}
	}
	return nil
}

// lost says that an address is not the base of a SCIM endpoint, and which one is.
func (q *questions) lost(a session.Response, found string) *Stop {
	s := &Stop{said(a) + ", so " + q.BaseURL() + " is not the base path of a SCIM endpoint", "pass the tenant URL whose /Users lists users; often it ends with /scim or /scim/v2"}
	if found != "" {
		s.Sentence, s.Fix = s.Sentence+"; SCIM responds at "+found, reach.Advice(found)
	}
	return s
}

// elsewhere looks for the endpoint at other paths of the host.
func (q *questions) elsewhere(ctx context.Context) string {
	return reach.Elsewhere(q.BaseURL(), func(base string) bool {
		a, err := q.Knock(ctx, base, "/Users?startIndex=1&count=1")
		return err == nil && a.Status == http.StatusOK && (a.Page().Listed || a.Page().Counted)
	})
}

// ended looks whether the target still responds after a request without a response.
func (q *questions) ended(ctx context.Context, request string) *Stop {
	if gone := q.Left(); gone != nil {
		return &Stop{"the target went away while " + request + " was under way", "look into its log, start it again, and repeat the run"}
	}
	if _, err := q.Send(ctx, http.MethodGet, "/Users?startIndex=1&count=1", nil, nil); err == nil || ctx.Err() != nil {
		return nil
	}
	return &Stop{
		"the target went away while " + request + " was under way: it closed the connection and does not respond since",
		"look into the log of the service at the time of the request, start it again, and repeat the run",
	}
}

// last is the last exchange.
func (q *questions) last() *exchange.Exchange { return q.Exchanges[len(q.Exchanges)-1] }

// quoted is the beginning of a body.
func quoted(raw []byte) string {
	const most = 80
	text := strings.Join(strings.Fields(string(raw)), " ")
	if text == "" {
		return "it is empty"
	}
	return exchange.Shorten(text, most)
}
