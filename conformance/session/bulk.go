package session

import (
	"context"
	"net/http"
	"strings"
)

// With returns the session's header with one more field, for Send.
func (c *Case) With(name, value string) http.Header {
	header := c.session.cfg.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	header.Set(name, value)
	return header
}

// Credentials returns the Authorization header of the run, or "".
func (c *Case) Credentials() string { return c.session.cfg.Header.Get("Authorization") }

// OtherTenant returns the header of another tenant, for Send. It is nil if none is configured.
func (c *Case) OtherTenant() http.Header { return c.session.cfg.OtherTenant.Clone() }

// Planned is an object to create in a bulk request.
type Planned struct {
	Collection, Key, BulkID string
	Body                    map[string]any
}

// MakeInBulk journals several objects and posts them in one bulk request. It returns the ids of
// the created objects by bulkId.
func (c *Case) MakeInBulk(ctx context.Context, objects []Planned) (a Response, ids map[string]string, err error) {
	seqs, operations := map[string]int64{}, make([]any, len(objects))
	for i, o := range objects {
		if seqs[o.BulkID], err = c.intend(o.Collection, o.Key, o.Body); err != nil {
			return a, nil, err
		}
		operations[i] = map[string]any{"method": http.MethodPost, "path": "/" + o.Collection, "bulkId": o.BulkID, "data": o.Body}
	}
	a, err = c.bulk(ctx, operations)
	if err != nil {
		return a, nil, err
	}
	ids = map[string]string{}
	before := len(c.made)
	defer func() { c.inBulk = len(c.made) - before }()
	list, _ := a.Body["Operations"].([]any)
	for _, e := range list {
		result, _ := e.(map[string]any)
		name, _ := result["bulkId"].(string)
		location, _ := result["location"].(string)
		status, _ := result["status"].(string)
		for _, o := range objects {
			if o.BulkID == name && strings.HasPrefix(status, "2") && location != "" {
				ids[name] = location[strings.LastIndex(location, "/")+1:]
				if failed := c.settle(o.Collection, seqs[name], Response{Status: http.StatusCreated, Body: map[string]any{"id": ids[name]}}); failed != nil {
					err = failed
				}
			}
		}
	}
	return a, ids, err // failed creates stay in the journal, and cleanup looks for them
}

// bulk sends operations in one request.
func (c *Case) bulk(ctx context.Context, operations []any) (Response, error) {
	return c.Send(ctx, http.MethodPost, "/Bulk", map[string]any{
		"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": operations,
	}, nil)
}
