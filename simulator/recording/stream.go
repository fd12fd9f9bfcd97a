package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Line is a request in a stream: one JSON object a line.
type Line struct {
	// At is how long after the first request it came, in ISO 8601.
	At     string `json:"at"`
	Method string `json:"method"`
	// Path begins behind the base of the target and holds placeholders for ids.
	Path    string            `json:"path"`
	Headers map[string]string `json:"headers,omitempty"`
	Body    string            `json:"body,omitempty"`
	Status  int               `json:"status"`
	// Binds are the ids that the answer told, by what stands for them later.
	Binds map[string]string `json:"binds,omitempty"`
	// BindsFrom are other values that the response told, by what stands for them later, each with the place
	// where it stands: a path such as $.account.id, or header:X-Account-Id. Only rules make them.
	BindsFrom map[string]string `json:"bindsFrom,omitempty"`
	// Tenant is whose request it is, where a recording has those of several.
	Tenant string `json:"tenant,omitempty"`
	// Shape is that of the recorded response, where somebody asks for it. A stream does not keep it.
	Shape Shape `json:"-"`
}

// Stream writes requests.jsonl.
type Stream struct {
	// Rules say which values of responses are ids besides id.
	Rules []Rule
	// Header chooses the headers that are kept; nil keeps what says something about the sender.
	Header func(name string) bool

	w     io.Writer
	names map[string]*Names // by tenant, whose ids may be those of another one
	first time.Time
}

// NewStream writes to w, one write a line.
func NewStream(w io.Writer) *Stream { return &Stream{w: w, names: map[string]*Names{}} }

// Add writes one exchange, which has to be redacted already.
func (s *Stream) Add(x *exchange.Exchange) error { return s.Write(s.Line(FromExchange(x), "")) }

// Line is a request as it stands in the stream. It binds the ids of the response for the requests that follow.
func (s *Stream) Line(r *Request, tenant string) Line {
	names := s.names[tenant]
	if names == nil {
		names = NewNames()
		names.Rules = s.Rules
		s.names[tenant] = names
	}
	if s.first.IsZero() {
		s.first = r.Started
	}
	line := Line{
		At: duration.ISO(max(0, r.Started.Sub(s.first)).Truncate(time.Millisecond)), Method: r.Method, Path: names.PathQuery(r),
		Headers: s.told(r.Header), Body: names.Body(r), Status: r.Status, Tenant: tenant,
	}
	for name, value := range line.Headers {
		if names.told[value] {
			line.Headers[name] = names.any[value]
		}
	}
	line.Binds = names.Learn(r)
	line.BindsFrom = names.Pick(r)
	return line
}

// Write writes a line.
func (s *Stream) Write(line Line) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line); err != nil {
		return fmt.Errorf("write the request stream: %w", err)
	}
	if _, err := s.w.Write(outside.JSON(b.Bytes())); err != nil {
		return fmt.Errorf("write the request stream: %w", err)
	}
	return nil
}

// told are the headers that say something about the sender.
func (s *Stream) told(h http.Header) map[string]string {
	out := map[string]string{}
	for name, values := range h {
		if len(values) > 0 && values[0] != "" && !OnTheWay(name) && (s.Header == nil || s.Header(name)) {
			out[name] = strings.Join(values, ", ")
		}
	}
	return out
}

// OnTheWay reports whether a header belongs to a connection, or is put there by tunnels,
// gateways and hosts between sender and target, so that it says nothing about the sender.
func OnTheWay(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{":", "x-forwarded-", "x-real-", "cf-", "cdn-", "x-azure-", "x-arr-", "x-appservice-", "x-waws-", "x-ms-edge-", "x-envoy-", "x-amzn-", "x-amz-cf-", "x-original-", "proxy-", "sec-", "fly-", "fastly-"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return slices.Contains([]string{
		"host", "content-length", "connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "via", "forwarded",
		"client-ip", "x-client-ip", "true-client-ip", "max-forwards", "disguised-host", "was-default-hostname", "x-request-id",
		"traceparent", "tracestate", "x-cloud-trace-context", "x-original-url", "x-site-deployment-id", "cookie",
	}, name)
}
