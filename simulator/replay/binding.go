package replay

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// binding is what is known of the id behind a variable.
type binding struct {
	state bindingState
	id    string
	name  key  // the first variable that stands for the object, or none
	maker *op  // whose response gives it; nil once it is there
	own   bool // the run made the object
	// removed says that a request of the stream removes the object.
	removed bool
	entry   int64 // in the journal; 0 is none
}

type bindingState int

const (
	pending bindingState = iota
	bound
	failed
)

// rule adds the values that rules of the recording take from the response.
func (r *Request) rule(l *recording.Line) error {
	for _, variable := range slices.Sorted(maps.Keys(l.BindsFrom)) {
		rule, err := recording.ParseRule("value=" + l.BindsFrom[variable])
		if err != nil {
			return fmt.Errorf("bindsFrom of %s: %w", variable, err)
		}
		if _, name := named(variable); name == "" || slices.Contains(r.binds, keyOf(variable)) {
			return fmt.Errorf(`bindsFrom of %s: the name is not one such as users["ada"].accountId, or is in binds too`, variable)
		}
		r.binds, r.rules = append(r.binds, keyOf(variable)), append(r.rules, rule)
	}
	return nil
}

// give binds the ids of a response to the variables that it was to give.
func (w *op) give(made bool, header http.Header, body []byte) []string {
	plain := len(w.makes) - len(w.request.rules)
	ids := w.giveIDs(plain, made, header, body)
	for i, rule := range w.request.rules {
		_, name := named(w.request.binds[plain+i].name())
		ids = append(ids, rule.Find(header, body, name))
	}
	return ids
}

// giveIDs gives the first n variables their ids.
func (w *op) giveIDs(n int, made bool, header http.Header, body []byte) (ids []string) {
	ids = make([]string, n)
	if n == 0 {
		return ids
	}
	if made {
		id := idIn(body)
		if id == "" {
			id = idOf(header.Get("Location"))
		}
		for i := range ids {
			ids[i] = id
		}
		return ids
	}
	list := resourcesIn(body)
	for i, variable := range w.request.binds[:n] {
		_, name := named(variable.name())
		switch j := slices.IndexFunc(list, func(f found) bool { return f.called(name) }); {
		case j >= 0:
			ids[i] = list[j].id
		case len(list) == 1 && n == 1:
			ids[i] = list[0].id
		}
	}
	return ids
}
