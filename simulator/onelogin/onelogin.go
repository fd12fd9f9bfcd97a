package onelogin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/push"
)

// Client is OneLogin as a provider of simulator/push.
type Client struct{ Settings }

// New returns the client of an app.
func New(s Settings) *Client { return &Client{s} }

// Name is the name of the client on the command line.
func (c *Client) Name() string { return "onelogin" }

// Header is the header set of each request. The rest of it is not known (L-5).
func (c *Client) Header() http.Header {
	if c.UserAgent == "" {
		return http.Header{}
	}
	return http.Header{"User-Agent": {c.UserAgent}}
}

// BodyType is the type of bodies (L-5).
func (c *Client) BodyType() string { return "application/json" }

// Authorization is always a bearer token (L-4).
func (c *Client) Authorization(value string) string { return value }

// ErrConnection means that the API connection cannot be enabled.
var ErrConnection = errors.New("the API connection cannot be enabled")

// nobody is a user name that cannot exist. The value that OneLogin sends is not published (L-3).
const nobody = "no-such-user@scimdrill.test"

// Connect enables the API connection (L-3), and refreshes the entitlements (L-40).
func (c *Client) Connect(ctx context.Context, s *push.Session) error {
	query := c.equals(nobody)
	a, err := s.Send(ctx, "enable", http.MethodGet, "/Users", query, nil)
	if err != nil {
		return err
	}
	if _, found, bad := a.List(); a.Status != http.StatusNotFound && (a.Status != http.StatusOK || bad != nil || len(found) > 0) {
		text := why(a)
		if a.OK() {
			text = "the response is not an empty list"
		}
		if err := s.Log(push.Entry{Event: "enable", Action: push.Read, Outcome: push.Failure, Reason: text, Status: a.Status}); err != nil {
			return err
		}
		return fmt.Errorf("%w: GET /Users?%s: %s", ErrConnection, query, text)
	}
	if c.Rule == ruleNone {
		return nil
	}
	return c.refresh(ctx, s)
}

// equals is the query of a lookup (L-9).
func (c *Client) equals(value string) string {
	value = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
	filter := url.QueryEscape(`userName eq "` + value + `"`)
	if c.Percent {
		filter = strings.ReplaceAll(filter, "+", "%20")
	}
	return "filter=" + filter
}

// why words a response that is an error (L-10).
func why(a push.Answer) string {
	if a.Status == 0 {
		return a.Why
	}
	text := fmt.Sprintf("%d %s", a.Status, http.StatusText(a.Status))
	if detail := a.Detail(); detail != "" {
		return text + ": " + detail
	}
	const most = 200
	if body := strings.TrimSpace(strings.ToValidUTF8(string(a.Body[:min(len(a.Body), most)]), "")); body != "" {
		return text + ": " + body
	}
	return text
}

// Every is 0: nothing is scheduled (L-6).
func (c *Client) Every() time.Duration { return 0 }

// Scheduled does nothing.
func (c *Client) Scheduled(context.Context, *push.Session) error { return nil }

// Matching are the attributes of lookups.
func (c *Client) Matching() map[string][]string {
	m := map[string][]string{"Users": {"userName"}}
	if c.Rule != ruleNone {
		m["Groups"] = []string{"displayName"}
	}
	return m
}

// LogName is the file of the log.
func (c *Client) LogName() string { return "onelogin-log.jsonl" }

// line is an entry of the log, with the states of L-7.
type line struct {
	At      string   `json:"at"`
	State   string   `json:"state"`
	Event   string   `json:"event"`
	Kind    string   `json:"kind,omitempty"`
	Name    string   `json:"name,omitempty"`
	ID      string   `json:"id,omitempty"`
	Reason  string   `json:"reason,omitempty"`
	Added   []string `json:"added,omitempty"`
	Removed []string `json:"removed,omitempty"`
}

// LogLine is the form of an entry in the log.
func (c *Client) LogLine(e push.Entry) any {
	state := map[string]string{push.Success: "Provisioned", push.Failure: "Failed", push.Deferred: "Pending", push.Skipped: "Skipped"}[e.Outcome]
	l := line{At: e.At.UTC().Format(time.RFC3339Nano), State: state, Event: e.Event, Name: e.Name, ID: e.Target, Reason: e.Reason, Added: e.Added, Removed: e.Removed}
	if e.SourceID != "" {
		l.Kind = e.Kind.String()
	}
	return l
}
