package session

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Page is a list response, read as tolerantly as its content allows: what is wrong with the
// envelope is judged by the checks of the envelope, once, and not by each check that reads a list.
type Page struct {
	Resources []map[string]any
	// Total is totalResults. Counted reports whether it was there and a number, or text of one.
	Total   int
	Counted bool
	// Listed reports whether Resources was there, in any letter case.
	Listed bool
}

// Page reads a list response.
func (r Response) Page() Page {
	var p Page
	for name, v := range r.Body {
		switch strings.ToLower(name) {
		case "resources":
			list, ok := v.([]any)
			p.Listed = ok
			for _, e := range list {
				if m, ok := e.(map[string]any); ok {
					p.Resources = append(p.Resources, m)
				}
			}
		case "totalresults":
			p.Total, p.Counted = whole(v)
		}
	}
	if !p.Counted {
		p.Total = len(p.Resources)
	}
	return p
}

func whole(v any) (int, bool) {
	switch v := v.(type) {
	case float64:
		return int(v), v == float64(int(v))
	case string:
		n, err := strconv.Atoi(v)
		return n, err == nil
	}
	return 0, false
}

// Text returns a string member of the body, or "".
func (r Response) Text(name string) string {
	s, _ := r.Body[name].(string)
	return s
}

// JSON reports whether the body is valid JSON.
func (r Response) JSON() bool { return json.Valid(r.Raw) }

// maxDetail is how much of an error a message quotes, in bytes: a target may send megabytes.
const maxDetail = 400

// Detail returns the beginning of the detail of an error response, or of a body that has none.
func (r Response) Detail() string {
	if r.Status < 400 {
		return ""
	}
	text, most := r.Text("detail"), maxDetail
	if text == "" {
		text, most = string(r.Raw[:min(len(r.Raw), maxDetail)]), maxDetail*3/10
		text = strings.Join(strings.Fields(text), " ")
	}
	return exchange.Shorten(text, most)
}
