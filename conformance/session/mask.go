package session

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// maxForeign is the maximum number of foreign objects that a run reads.
const maxForeign = 1000

// hidden replaces a string of a foreign object.
const hidden = "(masked)"

// Mask returns an exchange that is safe to record. In query responses, it masks the objects for
// which own is false; a nil own masks all of them. n is the number of masked objects.
func Mask(x *exchange.Exchange, own func(object map[string]any) bool) (kept *exchange.Exchange, n int) {
	if x.Method != http.MethodGet || !queried(x.URL) {
		return x, 0
	}
	var body map[string]any
	if json.Unmarshal(x.ResponseBody, &body) != nil {
		return x, 0
	}
	list, _ := body["Resources"].([]any)
	for i, r := range list {
		if object, ok := r.(map[string]any); ok && (own == nil || !own(object)) {
			list[i], n = hide(object, ""), n+1
		}
	}
	if n == 0 {
		return x, 0
	}
	raw, err := json.Marshal(body)
	if err != nil { // a decoded body can be encoded
		raw = nil
	}
	copied := *x
	copied.ResponseBody = raw
	return &copied, n
}

// queried reports whether a URL is a collection of users or groups.
func queried(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	path = strings.TrimRight(path, "/")
	return strings.HasSuffix(path, "/Users") || strings.HasSuffix(path, "/Groups")
}

// hide masks every string in an object except its schemas and resourceType.
func hide(v any, name string) any {
	switch v := v.(type) {
	case string:
		if name == "resourceType" || name == "schemas" {
			return v
		}
		return hidden
	case []any:
		for i := range v {
			v[i] = hide(v[i], name)
		}
	case map[string]any:
		for k := range v {
			v[k] = hide(v[k], k)
		}
	}
	return v
}

// own reports whether this run created an object, judged by its id or by a name in it.
func (s *Session) own(object map[string]any) bool {
	if id, _ := object["id"].(string); s.ids[id] {
		return true
	}
	return s.named(object)
}

func (s *Session) named(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(strings.ToLower(v), s.prefix())
	case []any:
		return slices.ContainsFunc(v, s.named)
	case map[string]any:
		for k, e := range v {
			if k != "groups" && k != "members" && s.named(e) {
				return true
			}
		}
	}
	return false
}

// prefix is the start of every name that the run generates.
func (s *Session) prefix() string { return strings.ToLower("conf-" + s.cfg.RunID + "-") }
