package recording

import (
	"encoding/json"
	"strings"
)

// Bulk reports a request with operations on many objects (RFC 7644 section 3.7).
func (r *Request) Bulk() bool { return strings.EqualFold(strings.Trim(r.Path, "/"), "Bulk") }

// created are the objects that a bulk request made: each as a request of its own, with the location as response.
func (r *Request) created() []*Request {
	if !r.Bulk() || r.Status < 200 || r.Status > 299 {
		return nil
	}
	type operation struct {
		Method, Path, BulkID, Location string
		Data                           json.RawMessage
	}
	var sent, told struct{ Operations []operation }
	if json.Unmarshal(r.Body, &sent) != nil || json.Unmarshal(r.Answer, &told) != nil {
		return nil
	}
	locations := map[string]string{}
	for _, o := range told.Operations {
		if o.BulkID != "" {
			locations[o.BulkID] = o.Location
		}
	}
	var out []*Request
	for _, o := range sent.Operations {
		if !strings.EqualFold(o.Method, "POST") || locations[o.BulkID] == "" {
			continue
		}
		one := &Request{Method: "POST", Body: o.Data, Status: 201, Location: locations[o.BulkID]}
		one.locate(o.Path)
		out = append(out, one)
	}
	return out
}
