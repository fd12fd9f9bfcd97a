package okta

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// Client is Okta as a provider of simulator/push.
type Client struct{ Settings }

// New returns the client of an app.
func New(s Settings) *Client { return &Client{s} }

// Name is the name of the client on the command line.
func (c *Client) Name() string { return "okta" }

// contentType is the type of bodies (O-5).
const contentType = "application/scim+json; charset=utf-8"

// Header is the header set of each request (O-5).
func (c *Client) Header() http.Header {
	return http.Header{
		"User-Agent": {"Okta SCIM Client 1.0.0"}, "Accept": {"application/scim+json"}, "Accept-Charset": {"utf-8"},
		"Accept-Encoding": {"gzip,deflate"}, "Connection": {"Keep-Alive"},
	}
}

// BodyType is the type of bodies.
func (c *Client) BodyType() string { return contentType }

// Authorization is the token as typed where the app sends it so (O-6).
func (c *Client) Authorization(value string) string {
	if c.RawToken {
		return strings.TrimPrefix(value, "Bearer ")
	}
	return value
}

// ErrConnection means that the connection test failed, so that the configuration cannot be saved.
var ErrConnection = errors.New("the connection test failed, so the configuration cannot be saved")

// pageSize is the page of lists.
const pageSize = 100

// Connect is Test Connector Configuration (O-1 to O-3).
func (c *Client) Connect(ctx context.Context, s *push.Session) error {
	queries := []struct{ collection, query string }{{"Users", "startIndex=1&count=2"}}
	if c.ImportGroups {
		queries = append(queries, struct{ collection, query string }{"Groups", page(1)})
	}
	for _, q := range queries {
		a, err := s.Send(ctx, "connection test", http.MethodGet, "/"+q.collection, q.query, nil)
		if err != nil {
			return err
		}
		text := ""
		switch _, _, err := a.List(); {
		case a.Status != http.StatusOK:
			text = remote(a)
		case err != nil:
			text = err.Error()
		default:
			continue
		}
		if err := s.Log(push.Entry{Event: integrationFailure(a), Action: push.Read, Outcome: push.Failure, Reason: text, Status: a.Status}); err != nil {
			return err
		}
		return fmt.Errorf("%w: GET /%s?%s: %s", ErrConnection, q.collection, q.query, text)
	}
	return c.demanded(ctx, s)
}

// page is the query of a page of a list.
func page(start int) string { return fmt.Sprintf("startIndex=%d&count=%d", start, pageSize) }

// equals is the query of a lookup: the filter comes first, blanks are %20 (O-9, O-10).
func equals(attribute, value string) string {
	value = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
	filter := url.QueryEscape(attribute + ` eq "` + value + `"`)
	return "filter=" + strings.ReplaceAll(filter, "+", "%20") + "&" + page(1)
}

// ID is the id of a user in Okta: 00u and 17 characters (O-43).
func ID(o *directory.Object) string { return "00u" + drawn(o.ID, 17, alphanumeric) }

const (
	alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	symbols      = alphanumeric + "!#$%&*^"
)

// drawn are characters that depend on a seed alone.
func drawn(seed string, n int, from string) string {
	sum := sha256.Sum256([]byte(seed))
	out := make([]byte, n)
	for i := range out {
		out[i] = from[int(sum[i])%len(from)]
	}
	return string(out)
}

// password is the placeholder of a create, or the password of a change (O-43, O-49).
func password(s *push.Session, o *directory.Object, what string) string {
	return drawn(fmt.Sprint(s.Seed, " ", o.ID, " ", what), 8, symbols)
}

// Every is the interval of imports.
func (c *Client) Every() time.Duration { return c.Import }

// Matching are the attributes of lookups.
func (c *Client) Matching() map[string][]string {
	m := map[string][]string{"Users": {"userName"}}
	if c.Push != pushNone {
		m["Groups"] = []string{"displayName"}
	}
	return m
}
