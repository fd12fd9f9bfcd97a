package invariant

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// timeRules are the rules that compare a response with earlier ones of the same case.
func timeRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-038", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-27", Cause: "created-moves",
			Title: "keeps meta.created of a resource constant",
			Why:   "Clients sort and synchronize by this date.",
			Fix:   "Store the time of the create, and return it unchanged.",
		}, func(r *response, h *history) (bool, *breach) {
			if _, id := r.created(); id != "" {
				return false, nil // a create whose id is taken is another matter
			}
			applies := false
			for _, s := range r.shown {
				now, before := text(s.meta(), "created"), h.born[s.key()]
				if now == "" || before == "" {
					continue
				}
				applies = true
				if !near(before, now, false) {
					return true, &breach{attribute: "meta.created", expected: "meta.created is as before", actual: r.method + " " + r.route + " shows meta.created " + now + ", and an earlier response showed " + before}
				}
			}
			return applies, nil
		}},
		{catalog.Check{
			ID: "HTP-039", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-27", Cause: "modified-by-reads",
			Title: "leaves meta.lastModified alone when a resource is only read",
			Why:   "Clients that synchronize by date would load every resource again.",
			Fix:   "Set meta.lastModified when a resource changes, not when it is returned.",
		}, func(r *response, h *history) (bool, *breach) {
			if r.write() || r.Beside {
				return false, nil
			}
			applies := false
			for _, s := range r.shown {
				now, before := text(s.meta(), "lastModified"), h.stamps[s.key()]
				if now == "" || before == "" {
					continue
				}
				applies = true
				if !near(before, now, true) {
					return true, &breach{attribute: "meta.lastModified", expected: "meta.lastModified is as in the read before", actual: r.method + " " + r.route + " shows meta.lastModified " + now + ", and the read before showed " + before}
				}
			}
			return applies, nil
		}},
		{catalog.Check{
			ID: "HTP-040", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.1"), Rule: "R-80", Cause: "echo",
			Title: "returns after a write what the next read returns",
			Why:   "Entra takes the response for the stored state. Otherwise it does not notice what was dropped.",
			Fix:   "Build the response to a write from what is stored, not from the request or the state before it.",
		}, echo},
	}
}

// near reports two dates that differ only in how exactly they are shown. A response to a create may
// round where a read cuts, so that exact is false for created.
func near(a, b string, exact bool) bool {
	if a == b {
		return true
	}
	x, first := time.Parse(time.RFC3339Nano, a)
	y, second := time.Parse(time.RFC3339Nano, b)
	if first != nil || second != nil {
		return false
	}
	apart, whole, other := x.Sub(y).Abs(), x.Nanosecond() == 0, y.Nanosecond() == 0
	switch {
	case whole && other && exact:
		return apart == 0
	case whole || other:
		return apart <= time.Second
	}
	return apart < time.Millisecond
}

// echo compares the first read after a write with the response to the write.
func echo(r *response, h *history) (bool, *breach) {
	if h.wrote == nil || r.method != http.MethodGet || r.Path != h.wrote.path || r.status != http.StatusOK || len(r.shown) != 1 {
		return false, nil
	}
	apart := resource.Compare(h.wrote.object, r.shown[0].object, resource.Rules{
		// groups of a user follow from the groups
		Ignored: func(path string) bool { return strings.EqualFold(path, "groups") },
	})
	apart = slices.DeleteFunc(apart, func(d resource.Difference) bool {
		name := strings.ToLower(d.Path[strings.LastIndex(d.Path, ".")+1:])
		return strings.Contains(d.Path, ".") && slices.Contains([]string{"$ref", "display", "formatted"}, name) || strings.EqualFold(d.Path, "password")
	})
	if len(apart) == 0 {
		return true, stale(h.wrote, r.shown[0])
	}
	d := apart[0]
	return true, &breach{
		kind: d.Kind, attribute: d.Path, expected: d.Path + " is " + match.JSON(d.Want) + " in the next read, as in the response to " + h.wrote.asked,
		actual: d.Path + " is " + match.JSON(d.Got) + " in the next read",
	}
}

// stale finds a response to a write with the date of an earlier change.
func stale(w *written, read shown) *breach {
	then, now := text(shown{object: w.object}.meta(), "lastModified"), text(read.meta(), "lastModified")
	if then == "" || now == "" || near(then, now, false) {
		return nil
	}
	return &breach{
		attribute: "meta.lastModified", expected: "meta.lastModified is " + now + " in the response to " + w.asked + ", as in the next read",
		actual: "meta.lastModified is " + then + " in the response",
	}
}
