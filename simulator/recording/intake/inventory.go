package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Inventory says what a request stream holds. Lines are added in order; it keeps the names of objects, not the lines.
type Inventory struct {
	Requests int
	Failed   int // with a status of 400 or more, or without a response
	ByKind   map[recording.Kind]int
	ByMethod map[string]int
	Tenants  map[string]int
	Length   time.Duration
	// Created are the objects that requests of the stream make, Found those that it only reads: they have to be
	// at the target before a replay. ByRule are other ids.
	Created, Found, ByRule int
	// Stuck is the number of requests that cannot be replayed.
	Stuck int
	Rate  Rate

	variables map[string]bool // by tenant and variable
	byWhy     map[string]*Obstacle
}

// Obstacle is a reason why requests cannot be replayed as they were.
type Obstacle struct {
	Why   string `json:"why"`
	Count int    `json:"count"`
	// Stops says that the request cannot be replayed; otherwise it is replayed, but differs.
	Stops bool `json:"stops"`
	// Line and Example are the first of them.
	Line    int    `json:"line"`
	Example string `json:"example"`
}

// NewInventory has seen nothing.
func NewInventory() *Inventory {
	return &Inventory{
		ByKind: map[recording.Kind]int{}, ByMethod: map[string]int{}, Tenants: map[string]int{}, variables: map[string]bool{}, byWhy: map[string]*Obstacle{},
	}
}

// Add takes the next line.
func (v *Inventory) Add(l *recording.Line) error {
	at, err := duration.Parse(l.At)
	if err != nil {
		return fmt.Errorf("line %d of the stream: at: %w", v.Requests+1, err)
	}
	v.Requests++
	v.ByMethod[l.Method]++
	v.Tenants[l.Tenant]++
	v.Length = max(v.Length, at)
	v.Rate.add(at)
	if l.Status == 0 || l.Status >= 400 {
		v.Failed++
	}
	r, inPath, inBody := recording.FromLine(l)
	v.ByKind[r.Kind(func(string) bool { return len(l.Binds) > 0 })]++
	stops, differs := v.obstacles(l, r, append(inPath, inBody...))
	if stops != "" {
		v.Stuck++
		v.note(stops, true, l)
	}
	if differs != "" {
		v.note(differs, false, l)
	}
	v.bind(l, r)
	return nil
}

func (v *Inventory) note(why string, stops bool, l *recording.Line) {
	o := v.byWhy[why]
	if o == nil {
		o = &Obstacle{Why: why, Stops: stops, Line: v.Requests, Example: l.Method + " " + l.Path}
		v.byWhy[why] = o
	}
	o.Count++
}

// bind notes the ids that a response tells.
func (v *Inventory) bind(l *recording.Line, r *recording.Request) {
	for name := range l.Binds {
		if v.variables[l.Tenant+"\n"+name] {
			continue
		}
		v.variables[l.Tenant+"\n"+name] = true
		if l.Method == "POST" && (r.SCIM() && r.ID == "" || r.Bulk()) {
			v.Created++
		} else {
			v.Found++
		}
	}
	for name := range l.BindsFrom {
		v.variables[l.Tenant+"\n"+name] = true
		v.ByRule++
	}
}

var hole = regexp.MustCompile(`\{\{\d+\}\}`)

// obstacles returns why a request cannot be replayed at another target, and why it would not be the same there.
func (v *Inventory) obstacles(l *recording.Line, r *recording.Request, variables []string) (stops, differs string) {
	writes := l.Method == "POST" || l.Method == "PUT" || l.Method == "PATCH"
	for _, name := range variables {
		if !v.variables[l.Tenant+"\n"+name] {
			return "it needs an id that no response before it tells", ""
		}
	}
	gone := l.Status == 404 || l.Status == 410
	switch {
	case writes && l.Body == "":
		return "its body was not recorded", ""
	case writes && !complete(r.Body):
		return "its body is no complete JSON, so it was cut or is of another form", ""
	case r.SCIM() && r.ID != "" && !hole.MatchString(r.ID) && !gone && !strings.HasPrefix(r.ID, "."):
		return "the id in its path is told by no response before it: the object is older than the recording, or responses were not recorded", ""
	case slices.ContainsFunc(r.References(), func(id string) bool { return !hole.MatchString(id) }):
		return "its body refers to an object whose id no response before it tells", ""
	case strings.Contains(l.Body, exchange.Redacted) || strings.Contains(l.Path, exchange.Redacted):
		return "", "it holds " + exchange.Redacted + " in the place of a secret"
	case writes && r.SCIM() && l.Method == "POST" && r.ID == "" && l.Status/100 == 2 && len(l.Binds) == 0:
		return "", "it creates an object whose id or name the response does not tell, so later requests cannot name it"
	}
	return "", ""
}

func complete(body []byte) bool { return json.Valid(body) }

// List returns the obstacles, those that stop requests first.
func (v *Inventory) List() []Obstacle {
	list := make([]Obstacle, 0, len(v.byWhy))
	for _, o := range v.byWhy {
		list = append(list, *o)
	}
	slices.SortFunc(list, func(a, b Obstacle) int {
		if a.Stops != b.Stops {
			return map[bool]int{true: -1, false: 1}[a.Stops]
		}
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Why, b.Why))
	})
	return list
}
