package scimclient

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
	jsonv1 "github.com/go-json-experiment/json/v1"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Config says where the endpoint is and how to be let in.
type Config struct {
	// TenantURL is the base of /Users and /Groups; a query on it is kept (W-8, W-117).
	TenantURL string
	// Authorization is the value of that header, "Bearer …" (W-27); empty sends none.
	Authorization string
	// Header holds further headers, for gateways in front of the endpoint.
	Header http.Header
	// BodyType is the Content-Type of bodies; empty is that of SCIM (W-24).
	BodyType string
	// PatchType is the Content-Type of PATCH; empty is that of all bodies (W-C14).
	PatchType string
	// BadPatchCode is the code of a PATCH that is answered 400; empty is that of any request (A-37, W-107).
	BadPatchCode string
	// BadCreateCode is the code of a POST that is answered 400; empty is ServiceIncompatible.
	BadCreateCode string
	// ConflictCode is the code of a POST that is answered 409; empty is IncompatibleFiltering.
	ConflictCode string
	// SchemaVersion is sent as ADSCIMVersion (G-13); empty sends none.
	SchemaVersion string
}

// Call says on whose behalf a request is sent, for the record.
type Call struct {
	Label string    // change id or "preflight"
	At    time.Time // virtual instant
	// Waited grows by what answers took on the virtual clock (Deps.Delay); it may be nil.
	Waited *time.Duration
}

// Client talks to one endpoint. It is safe for concurrent use.
type Client struct {
	base    string // without trailing slash and query
	query   string // query of the tenant URL, without "?"
	headers atomic.Pointer[headers]
	body    string // Content-Type of bodies
	patch   string // Content-Type of PATCH
	expand  bool   // undo the encoding of bodies, which a header of the caller asks for
	// badPatch is the code of a PATCH that is answered 400, "" for that of any request.
	badPatch string
	// badCreate and conflict are the codes of a POST that is answered 400 and 409.
	badCreate, conflict string
	sender              *exchange.Sender
	record              func(*exchange.Exchange)
	redact              *exchange.Redactor
	guard               *Guard
	wait                func(context.Context, time.Duration) error
	now                 func() time.Time
	delay               func(method, uri string, body []byte) time.Duration
	patient             time.Duration
}

// headers are shared by all requests and never changed.
type headers struct {
	plain http.Header // of requests without a body
	body  http.Header // of the others
	patch http.Header // of PATCH
}

// scimJSON is the Content-Type of bodies (W-24).
const scimJSON = "application/scim+json; charset=utf-8"

func (c *Client) newHeaders(plain http.Header) *headers {
	h := &headers{plain: plain, body: plain.Clone(), patch: plain.Clone()}
	h.body.Set("Content-Type", c.body)
	h.patch.Set("Content-Type", c.patch)
	return h
}

// Deps are the collaborators of a Client.
type Deps struct {
	Sender *exchange.Sender
	// Record sees every exchange; nil records nothing.
	Record func(*exchange.Exchange)
	Redact *exchange.Redactor
	// Guard stops a run that harms the target; nil never stops.
	Guard *Guard
	// Wait waits for the duration that the target requests with Retry-After, by the clock Now; the
	// client then sends the request once more. If nil, 429 and 503 are failures.
	Wait func(context.Context, time.Duration) error
	Now  func() time.Time
	// Delay is the response time of a request on a virtual clock, without a wait
	// in real time; nil means none. A response that takes Timeout or longer is too late:
	// the target has already executed the request (W-132).
	Delay   func(method, uri string, body []byte) time.Duration
	Timeout time.Duration
}

// New checks the tenant URL and returns a client for it.
func New(cfg Config, d Deps) (*Client, error) {
	u, err := url.Parse(cfg.TenantURL)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("tenant URL %q is not an http or https URL; hint: give the parent of /Users, for example http://127.0.0.1:8080", exchange.NewRedactor().Text(cfg.TenantURL))
	}
	if u.User != nil {
		return nil, errors.New("the tenant URL contains a user name or password; hint: pass credentials separately to keep them out of logs")
	}
	c := &Client{
		base:  strings.TrimRight(u.Scheme+"://"+u.Host+u.EscapedPath(), "/"),
		query: u.RawQuery,
		body:  cmp.Or(cfg.BodyType, scimJSON), patch: cmp.Or(cfg.PatchType, cfg.BodyType, scimJSON), badPatch: cfg.BadPatchCode,
		badCreate: cmp.Or(cfg.BadCreateCode, provlog.CodeServiceIncompatible), conflict: cmp.Or(cfg.ConflictCode, provlog.CodeIncompatibleFiltering),
		sender: d.Sender,
		record: d.Record,
		redact: d.Redact,
		guard:  d.Guard,
		wait:   d.Wait,
		now:    d.Now,
		delay:  d.Delay, patient: d.Timeout,
	}
	header := http.Header{"User-Agent": {""}} // an empty value makes net/http send none (W-26)
	maps.Copy(header, cfg.Header)
	if cfg.Authorization != "" {
		header.Set("Authorization", cfg.Authorization)
	}
	if cfg.SchemaVersion != "" {
		header["ADSCIMVersion"] = []string{cfg.SchemaVersion}
	}
	c.expand = header.Get("Accept-Encoding") != "" // net/http does so only where it asked itself
	c.headers.Store(c.newHeaders(header))
	return c, nil
}

// SetAuthorization puts another value of that header into force; empty sends none.
func (c *Client) SetAuthorization(value string) {
	header := c.headers.Load().plain.Clone()
	header.Del("Authorization")
	if value != "" {
		header.Set("Authorization", value)
	}
	c.headers.Store(c.newHeaders(header))
}

// Resource is a resource as the target returned it, decoded JSON.
type Resource struct {
	ID     string
	Values map[string]any
}

// Find asks for the resources of a collection whose attribute equals value (W-13, W-14).
// Groups are read without their members. Finding none is an empty slice.
func (c *Client) Find(ctx context.Context, call Call, q Query) ([]Resource, *Failure) {
	return c.find(ctx, call, q.Collection, q.encode())
}

func (c *Client) find(ctx context.Context, call Call, collection, filter string) ([]Resource, *Failure) {
	status, body, failure := c.send(ctx, call, request{method: http.MethodGet, path: "/" + collection, query: filter})
	if failure != nil {
		return nil, failure
	}
	if status != http.StatusOK {
		return nil, c.refused(status, body, query)
	}
	return c.decodeList(status, body)
}

// Holds asks whether a reference is in the target already (W-20, W-21).
func (c *Client) Holds(ctx context.Context, call Call, r Reference) (bool, *Failure) {
	found, failure := c.find(ctx, call, r.Collection, r.encode())
	return len(found) > 0, failure
}

// Read gets one resource by its id; groups without their members (W-17, W-18).
func (c *Client) Read(ctx context.Context, call Call, collection, id string) (Resource, *Failure) {
	r := request{method: http.MethodGet, path: "/" + collection + "/" + url.PathEscape(id)}
	if collection == "Groups" {
		r.query = "excludedAttributes=members"
	}
	status, body, failure := c.send(ctx, call, r)
	if failure != nil {
		return Resource{}, failure
	}
	if status != http.StatusOK {
		return Resource{}, c.refused(status, body, object)
	}
	return c.decodeRead(status, body, id)
}

// Create posts a body and returns what the target made of it (W-101).
func (c *Client) Create(ctx context.Context, call Call, collection string, body []byte) (Resource, *Failure) {
	status, answer, failure := c.send(ctx, call, request{method: http.MethodPost, path: "/" + collection, body: body})
	if failure != nil {
		return Resource{}, failure
	}
	if status != http.StatusCreated && status != http.StatusOK {
		return Resource{}, c.refused(status, answer, create)
	}
	return c.decodeResource(status, answer)
}

// Patch sends a PatchOp; 200 and 204 both are success (W-102).
func (c *Client) Patch(ctx context.Context, call Call, collection, id string, body []byte) *Failure {
	status, answer, failure := c.send(ctx, call, request{method: http.MethodPatch, path: "/" + collection + "/" + url.PathEscape(id), body: body})
	if failure != nil {
		return failure
	}
	if status < 200 || status > 299 {
		return c.refused(status, answer, update)
	}
	return nil
}

// Delete removes a resource; one that is gone already counts as removed.
func (c *Client) Delete(ctx context.Context, call Call, collection, id string) *Failure {
	status, answer, failure := c.send(ctx, call, request{method: http.MethodDelete, path: "/" + collection + "/" + url.PathEscape(id)})
	if failure != nil {
		return failure
	}
	if (status < 200 || status > 299) && status != http.StatusNotFound {
		return c.refused(status, answer, object)
	}
	return nil
}

// decodeRead reads the answer to a read by id, which is that one resource (E-325).
func (c *Client) decodeRead(status int, body []byte, id string) (Resource, *Failure) {
	values, failure := c.decodeObject(status, body)
	if failure != nil {
		return Resource{}, failure
	}
	if several(values) {
		f := c.incompatible(status, provlog.WhySeveralResources, body)
		f.Code = provlog.CodeSeveralEntries
		return Resource{}, f
	}
	resource, failure := c.resource(status, body, values)
	if failure == nil && resource.ID != id {
		return Resource{}, c.incompatible(status, provlog.WhyOtherResource, body)
	}
	return resource, failure
}

// several reports whether an object is a list of more than one resource.
func several(values map[string]any) bool {
	for name, v := range values {
		if list, ok := v.([]any); ok && len(list) > 1 && strings.EqualFold(name, "Resources") {
			return true
		}
	}
	return false
}

// maxID is the longest id in bytes. It is part of URLs, and of every log entry.
const maxID = 4 << 10

// decodeResource reads a resource; an id must be a non-empty string (W-100, A-30).
func (c *Client) decodeResource(status int, body []byte) (Resource, *Failure) {
	values, failure := c.decodeObject(status, body)
	if failure != nil {
		return Resource{}, failure
	}
	return c.resource(status, body, values)
}

// lenient reads what encoding/json reads, in one walk instead of two.
func lenient() json.Options { return jsonv1.DefaultOptionsV1() }

func (c *Client) decodeObject(status int, body []byte) (map[string]any, *Failure) {
	values := make(map[string]any, 16) // which most resources do not outgrow
	if err := json.Unmarshal(body, &values, lenient()); err != nil || values == nil {
		return nil, c.incompatible(status, provlog.WhyNoObject, body)
	}
	return values, nil
}

func (c *Client) resource(status int, body []byte, values map[string]any) (Resource, *Failure) {
	id, ok := values["id"].(string)
	switch {
	case !ok || id == "":
		return Resource{}, c.incompatible(status, provlog.WhyNoID, body)
	case len(id) > maxID:
		return Resource{}, c.incompatible(status, provlog.WhyLongID, body)
	}
	return Resource{ID: id, Values: values}, nil
}

// decodeList reads the response to a query.
func (c *Client) decodeList(status int, body []byte) ([]Resource, *Failure) {
	var list struct {
		TotalResults *int             `json:"totalResults"`
		Resources    []map[string]any `json:"Resources"`
	}
	if err := json.Unmarshal(body, &list, lenient()); err != nil {
		return nil, c.incompatible(status, provlog.WhyListNoJSON, body)
	}
	if list.TotalResults == nil {
		return nil, c.incompatible(status, provlog.WhyListNoTotal, body)
	}
	out := make([]Resource, 0, len(list.Resources))
	for i, values := range list.Resources {
		id, ok := values["id"].(string)
		if !ok || id == "" || len(id) > maxID {
			f := c.incompatible(status, provlog.WhyListNoID, body)
			f.About.Number = i
			if len(id) > maxID {
				f.Why = provlog.WhyLongID
			}
			return nil, f
		}
		out = append(out, Resource{ID: id, Values: values})
	}
	if len(out) == 0 && *list.TotalResults > 0 {
		f := c.incompatible(status, provlog.WhyListEmpty, body)
		f.About.Number = *list.TotalResults
		return nil, f
	}
	return out, nil
}
