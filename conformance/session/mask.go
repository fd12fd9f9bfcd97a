package session

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// maxForeign is how many objects of others a run reads at most.
const maxForeign = 1000

// masked stands for a text of somebody else.
const masked = "(masked)"

// Mask is an exchange as it may be kept: what the answer to a query shows of others is
// masked. own tells the objects of the run; nil says that there are none. n counts the
// objects of others.
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
	if err != nil { // what was just read can be written
		raw = nil
	}
	copied := *x
	copied.ResponseBody = raw
	return &copied, n
}

// queried reports whether a URL is that of a collection of users or groups.
func queried(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	path = strings.TrimRight(path, "/")
	return strings.HasSuffix(path, "/Users") || strings.HasSuffix(path, "/Groups")
}

// hide masks every text in an object but the names of its schemas and type.
func hide(v any, name string) any {
	switch v := v.(type) {
	case string:
		if name == "resourceType" || name == "schemas" {
			return v
		}
		return masked
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

// own reports whether an object is one of this run: by its id, or by a name in it.
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

// prefix begins every name that the run makes.
func (s *Session) prefix() string { return strings.ToLower("conf-" + s.cfg.RunID + "-") }
