package session

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// identify journals the externalId and the userName of an object that the check made, wherever a
// request writes or a response shows a new one: cleanup recognizes the object by them.
func (c *Case) identify(a Response, x *exchange.Exchange) {
	if c.session.cfg.Journal == nil || a.Status >= http.StatusMultipleChoices {
		return
	}
	var sent any
	if x.Method == http.MethodPatch || x.Method == http.MethodPut {
		_ = json.Unmarshal(x.RequestBody, &sent) // a body that is no JSON identifies nothing
	}
	path, _, _ := strings.Cut(x.URL, "?")
	for _, attribute := range []string{"externalId", "userName"} {
		c.called(a.Text("id"), attribute, a.Text(attribute))
		c.called(path[strings.LastIndex(path, "/")+1:], attribute, written(sent, attribute))
	}
}

// called journals a value that identifies an object, if it is a new one.
func (c *Case) called(id, attribute, value string) {
	for i := range c.made {
		if m := &c.made[i]; m.id == id && value != "" && m.named[attribute] != value {
			m.named[attribute] = value
			_ = c.session.cfg.Journal.Named(m.seq, attribute, value) // cleanup then keeps the object, and says so
		}
	}
}

// written returns the value that a request writes to an attribute, or "".
func written(v any, attribute string) (found string) {
	names := func(text string) bool { return strings.HasSuffix(strings.ToLower(text), strings.ToLower(attribute)) }
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			found = cmp.Or(written(e, attribute), found)
		}
	case map[string]any:
		if at, _ := v["path"].(string); names(at) {
			found, _ = v["value"].(string)
		}
		for name, e := range v {
			if text, ok := e.(string); ok && names(name) {
				found = text
			} else if !ok {
				found = cmp.Or(written(e, attribute), found)
			}
		}
	}
	return found
}
