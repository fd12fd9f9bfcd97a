package scimclient

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Page is one page of a collection.
type Page struct {
	// Total is totalResults, or -1 if it is missing.
	Total     int
	Resources []Resource
}

// List reads a page of a collection from the 1-based index start. Entra never lists; only a
// comparison of the end state does.
func (c *Client) List(ctx context.Context, call Call, collection string, start, count int) (Page, *Failure) {
	q := "startIndex=" + strconv.Itoa(start) + "&count=" + strconv.Itoa(count)
	status, body, failure := c.send(ctx, call, request{method: http.MethodGet, path: "/" + collection, query: q})
	if failure != nil {
		return Page{}, failure
	}
	if status != http.StatusOK {
		return Page{}, c.refused(status, body, query)
	}
	return c.decodePage(status, body)
}

// decodePage reads a page. It is lenient: what has no id is left out, and a total may be a string.
func (c *Client) decodePage(status int, body []byte) (Page, *Failure) {
	var list struct {
		TotalResults jsontext.Value   `json:"totalResults"`
		Resources    []map[string]any `json:"Resources"`
	}
	if err := json.Unmarshal(body, &list, lenient()); err != nil {
		return Page{}, c.incompatible(status, provlog.WhyListNoJSON, body)
	}
	page := Page{Total: -1, Resources: make([]Resource, 0, len(list.Resources))}
	text := string(list.TotalResults)
	if unquoted, err := strconv.Unquote(text); err == nil {
		text = unquoted
	}
	if n, err := strconv.Atoi(text); err == nil {
		page.Total = n
	}
	for _, values := range list.Resources {
		if id, ok := values["id"].(string); ok && id != "" && len(id) <= maxID {
			page.Resources = append(page.Resources, Resource{ID: id, Values: values})
		}
	}
	return page, nil
}

// Schemas reads the schemas that the target announces.
func (c *Client) Schemas(ctx context.Context, call Call) ([]Resource, *Failure) {
	status, body, failure := c.send(ctx, call, request{method: http.MethodGet, path: "/Schemas"})
	if failure != nil {
		return nil, failure
	}
	if status != http.StatusOK {
		return nil, c.refused(status, body, query)
	}
	page, failure := c.decodePage(status, body)
	return page.Resources, failure
}

// ReadWhole gets one resource by its id, groups with their members.
func (c *Client) ReadWhole(ctx context.Context, call Call, collection, id string) (Resource, *Failure) {
	status, body, failure := c.send(ctx, call, request{method: http.MethodGet, path: "/" + collection + "/" + url.PathEscape(id)})
	if failure != nil {
		return Resource{}, failure
	}
	if status != http.StatusOK {
		return Resource{}, c.refused(status, body, object)
	}
	return c.decodeRead(status, body, id)
}
