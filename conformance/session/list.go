package session

import (
	"encoding/json"
	"strconv"
	"strings"
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

// Detail returns the detail of an error response, or the beginning of a body that is not JSON.
func (r Response) Detail() string {
	if r.Status < 400 {
		return ""
	}
	if s := r.Text("detail"); s != "" {
		return s
	}
	const most = 120
	text := strings.Join(strings.Fields(string(r.Raw)), " ")
	if len(text) > most {
		text = text[:most] + "…"
	}
	return text
}
