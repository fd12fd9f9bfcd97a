package model

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// nature is the kind of a difference.
type nature string

const (
	refused nature = "refused"   // a request that is right fails
	apart   nature = "apart"     // an attribute has another value
	stays   nature = "stays"     // a deleted object is still there
	gone    nature = "gone"      // an object that was not deleted is not there
	hidden  nature = "not found" // a filter does not find it
	unknown        = -1          // the number of a member that the model does not know
)

// difference is one thing that a target shows in another way than the model.
type difference struct {
	nature    nature
	on        Slot
	path      string
	want, got any
	response  session.Response
}

// key identifies the same difference in another run of the same steps.
func (d difference) key() string {
	return strings.Join([]string{string(d.nature), d.on.collection(), d.path}, "|")
}

// among reports whether a list has the same difference.
func (d difference) among(list []difference) bool {
	return slices.ContainsFunc(list, func(o difference) bool { return o.key() == d.key() })
}

// compared returns how a representation of an object differs from the model. The object takes over
// what is tolerated.
func (w *world) compared(s Slot, a session.Response) []difference {
	o, last := w.objects[s], w.last
	var out []difference
	for _, path := range w.vocabulary.paths(s) {
		want, got := o.values[path], resource.Value(a.Body, path)
		if w.vocabulary.same(s, path, want, got) {
			continue
		}
		if w.tolerance.allows(last, s, path) {
			o.values[path] = got
			continue
		}
		out = append(out, difference{nature: apart, on: s, path: path, want: want, got: got, response: a})
	}
	if !s.Group || !w.vocabulary.hasGroups {
		return out
	}
	want, got := w.living(o.members), w.members(a)
	if slices.Equal(want, got) {
		return out
	}
	if w.tolerance.allows(last, s, "members") {
		o.members = got
		return out
	}
	return append(out, difference{nature: apart, on: s, path: "members", want: named(want), got: named(got), response: a})
}

// living are those of some users that are not deleted. A target may keep or drop the others.
func (w *world) living(users []int) []int {
	return slices.DeleteFunc(slices.Clone(users), func(n int) bool { return w.get(Slot{N: n}) == nil })
}

// members are the users that a group shows as members, but for deleted ones.
func (w *world) members(a session.Response) []int {
	list, _ := a.Body[resource.Key(a.Body, "members")].([]any)
	out := []int{}
	for _, e := range list {
		m, _ := e.(map[string]any)
		id, _ := m[resource.Key(m, "value")].(string)
		n, known := w.user(id)
		switch {
		case known:
			out = append(out, n)
		case !w.past[id]:
			out = append(out, unknown)
		}
	}
	slices.Sort(out)
	return out
}

// named names users, for a message.
func named(users []int) string {
	if len(users) == 0 {
		return "nobody"
	}
	out := make([]string, len(users))
	for i, n := range users {
		if out[i] = (Slot{N: n}).String(); n == unknown {
			out[i] = "someone else"
		}
	}
	return strings.Join(out, ", ")
}

// fact is what a finding says of the difference after a step.
func (d difference) fact(last Step) fact.Fact {
	f := fact.Fact{Status: d.response.Status, Words: fact.WordsOf(d.response.Detail()), Attribute: d.path}
	f.Method, f.Route = d.response.Kind()
	switch d.nature {
	case refused:
		f.Expected = fmt.Sprintf("%q succeeds, as it does on new objects in the same state", last)
		f.Actual = fmt.Sprintf("%s returned status %d", d.response.Request, d.response.Status)
		if words := d.response.Detail(); words != "" {
			f.Actual += ": " + words
		}
	case apart:
		if d.path == "members" {
			f.Kind, f.Expected, f.Actual = fact.OtherValue, fmt.Sprintf("the members of %s are %v", d.on, d.want), fmt.Sprintf("the members of %s are %v", d.on, d.got)
			break
		}
		f.Kind = fact.OtherValue
		f.Expected = fmt.Sprintf("%s of %s is %s, as on new objects after the same last request", d.path, d.on, shown(d.want))
		f.Actual = fmt.Sprintf("%s of %s is %s", d.path, d.on, shown(d.got))
	case stays:
		f.Expected, f.Actual = fmt.Sprintf("%s is deleted", d.on), fmt.Sprintf("%s returned status %d", d.response.Request, d.response.Status)
	case gone:
		f.Expected, f.Actual = fmt.Sprintf("%s is there", d.on), fmt.Sprintf("%s returned status %d", d.response.Request, d.response.Status)
	case hidden:
		f.Expected, f.Actual = fmt.Sprintf("a filter finds %s by its name", d.on), d.response.Request+" does not return it"
	}
	return f
}

func shown(v any) string {
	switch v := v.(type) {
	case nil:
		return "absent"
	case string:
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(v)
}

// success reports a status that says that a request was carried out.
func success(status int) bool { return status >= http.StatusOK && status < http.StatusMultipleChoices }
