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
}

// Stream writes requests.jsonl.
type Stream struct {
	w     io.Writer
	names *Names
	first time.Time
}

// NewStream writes to w, one write a line.
func NewStream(w io.Writer) *Stream { return &Stream{w: w, names: NewNames()} }

// Add writes one exchange, which has to be redacted already.
func (s *Stream) Add(x *exchange.Exchange) error {
	r := FromExchange(x)
	if s.first.IsZero() {
		s.first = x.Started
	}
	line := Line{
		At: duration.ISO(max(0, x.Started.Sub(s.first)).Truncate(time.Millisecond)), Method: r.Method, Path: s.names.PathQuery(r),
		Headers: told(r.Header), Body: s.names.Body(r), Status: r.Status,
	}
	line.Binds = s.names.Learn(r)
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
func told(h http.Header) map[string]string {
	out := map[string]string{}
	for name, values := range h {
		if len(values) > 0 && values[0] != "" && !OnTheWay(name) {
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
