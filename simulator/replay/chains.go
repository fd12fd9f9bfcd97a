package replay

import (
	"cmp"
	"slices"
)

// Chain are the requests of one object, in the order of the stream. One worker can send them one
// after the other.
type Chain struct {
	Requests []*Request
	// Level is above those of all chains whose ids this one needs, except where two need each other.
	Level int
}

// Chains sorts a stream by object, and the objects by what they need: a chain whose chains of lower
// levels have begun waits for none that has not.
func Chains(source Source) ([]Chain, error) {
	var list []Chain
	of, makes := map[string]int{}, map[key]int{}
	for r, err := range source {
		if err != nil {
			return nil, err
		}
		owner := r.owner()
		i, known := of[owner]
		if !known {
			i = len(list)
			of[owner], list = i, append(list, Chain{Level: -1})
		}
		list[i].Requests = append(list[i].Requests, r)
		for _, k := range r.binds {
			if _, known := makes[k]; !known {
				makes[k] = i
			}
		}
	}
	for i := range list {
		raise(list, makes, i)
	}
	slices.SortStableFunc(list, func(a, b Chain) int { return cmp.Compare(a.Level, b.Level) })
	return list, nil
}

// raise sets the level of a chain and of those that it needs.
func raise(list []Chain, makes map[key]int, i int) int {
	if list[i].Level >= 0 {
		return list[i].Level
	}
	list[i].Level = 0 // of a chain that needs itself, or one that needs it
	level := 0
	for _, r := range list[i].Requests {
		for _, k := range r.needs {
			if j, made := makes[k]; made && j != i {
				level = max(level, raise(list, makes, j)+1)
			}
		}
	}
	list[i].Level = level
	return level
}

// Text is a text of a request with holes for ids: Parts has one more than Holes, which are places in
// Needs.
type Text struct {
	Parts []string `json:"parts"`
	Holes []int    `json:"holes,omitempty"`
}

// Plain is a request for another program that sends it.
type Plain struct {
	Number    int64             `json:"number"`
	Method    string            `json:"method"`
	Operation string            `json:"operation"`
	Status    int               `json:"status,omitempty"`
	Path      Text              `json:"path"`
	Body      Text              `json:"body"`
	Headers   map[string]string `json:"headers,omitempty"`
	Needs     []Wanted          `json:"needs,omitempty"`
	Gives     []string          `json:"gives,omitempty"` // variables, of a response of success
}

// Wanted is an id that a request needs.
type Wanted struct {
	Variable string `json:"variable"`
	// Search is the request that finds the object by its name.
	Search string `json:"search"`
}

// Plain gives a request away. ok is false for one with values that only rules find.
func (r *Request) Plain() (p Plain, ok bool) {
	if len(r.rules) > 0 || len(r.filled) > 0 {
		return p, false
	}
	p = Plain{
		Number: r.Number, Method: r.Method, Operation: r.Operation, Status: r.Status,
		Path: Text{r.path.parts, r.path.holes}, Body: Text{r.body.parts, r.body.holes}, Headers: map[string]string{},
	}
	for i, name := range r.headers.names {
		p.Headers[name] = r.headers.values[i]
	}
	for _, k := range r.needs {
		p.Needs = append(p.Needs, Wanted{k.name(), searchFor(k.name())})
	}
	for _, k := range r.binds {
		p.Gives = append(p.Gives, k.name())
	}
	return p, true
}
