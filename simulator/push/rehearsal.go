package push

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Rehearsed is a request that was not sent.
type Rehearsed struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// Rehearsal is a transport for a plan: it lets reads pass, and keeps writes from the target. To the client
// they seem to succeed. It is safe for concurrent use.
type Rehearsal struct {
	// Next sends the reads; if nil, nothing is sent, and nothing is found.
	Next http.RoundTripper
	// Base is the path of the tenant URL.
	Base string

	mu      sync.Mutex
	planned map[string][]byte // bodies of planned resources by path
	writes  []Rehearsed
}

// Writes are the requests that were not sent.
func (r *Rehearsal) Writes() []Rehearsed {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.writes
}

// RoundTrip answers writes itself, and reads of what was planned.
func (r *Rehearsal) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, fmt.Errorf("read the body of a request: %w", err)
	}
	_ = req.Body.Close() // it was read
	path := strings.TrimPrefix(req.URL.EscapedPath(), r.Base)
	r.mu.Lock()
	defer r.mu.Unlock()
	if req.Method != http.MethodGet {
		r.writes = append(r.writes, Rehearsed{req.Method, path, body})
		return r.write(req, path, body)
	}
	if text, ok := r.planned[path]; ok {
		return respond(req, http.StatusOK, text), nil
	}
	if r.Next != nil {
		req.Body = http.NoBody
		return r.Next.RoundTrip(req)
	}
	if strings.Count(path, "/") > 1 {
		id, _ := url.PathUnescape(path[strings.LastIndexByte(path, '/')+1:])
		text, err := json.Marshal(map[string]string{"id": id})
		return respond(req, http.StatusOK, text), err
	}
	return respond(req, http.StatusOK, []byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}`)), nil
}

// write is the response to a write.
func (r *Rehearsal) write(req *http.Request, path string, body []byte) (*http.Response, error) {
	switch req.Method {
	case http.MethodPost:
		o, err := ParseObject(body)
		if err != nil {
			return nil, err
		}
		id := fmt.Sprintf("planned-%d", len(r.writes))
		text, err := Raw(id)
		if err != nil {
			return nil, err
		}
		o.Set("id", text)
		whole, err := Raw(o)
		if err != nil {
			return nil, err
		}
		if r.planned == nil {
			r.planned = map[string][]byte{}
		}
		r.planned[path+"/"+id] = whole
		return respond(req, http.StatusCreated, whole), nil
	case http.MethodPut:
		return respond(req, http.StatusOK, body), nil
	}
	return respond(req, http.StatusNoContent, nil), nil
}

func respond(req *http.Request, status int, body []byte) *http.Response {
	return &http.Response{
		Status: http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header: http.Header{"Content-Type": {"application/scim+json"}}, ContentLength: int64(len(body)), Body: io.NopCloser(bytes.NewReader(body)),
	}
}
