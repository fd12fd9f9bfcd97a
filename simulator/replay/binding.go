package replay

import "slices"

// binding is what is known of the id behind a variable.
type binding struct {
	state bindingState
	id    string
	name  string // the first variable that stands for the object
	maker *op    // whose response gives it; nil once it is there
	own   bool   // the run made the object
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

// give binds the ids of a response to the variables that it was to give.
func (w *op) give(made bool, location string, body []byte) (ids []string) {
	ids = make([]string, len(w.makes))
	if made {
		id := idIn(body)
		if id == "" {
			id = location
		}
		for i := range ids {
			ids[i] = id
		}
		return ids
	}
	list := resourcesIn(body)
	for i, variable := range w.request.binds {
		_, name := named(variable)
		switch j := slices.IndexFunc(list, func(f found) bool { return f.called(name) }); {
		case j >= 0:
			ids[i] = list[j].id
		case len(list) == 1 && len(w.request.binds) == 1:
			ids[i] = list[0].id
		}
	}
	return ids
}
