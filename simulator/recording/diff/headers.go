package diff

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// headerSet is which headers requests have: by name in lower case a value, and in how many.
type headerSet struct {
	requests int
	values   map[string]map[string]int
	spelled  map[string]string
}

func (s *side) headers(of func(*shot) bool) headerSet {
	h := headerSet{values: map[string]map[string]int{}, spelled: map[string]string{}}
	for _, x := range s.shots {
		if !of(x) {
			continue
		}
		h.requests++
		for name, values := range x.Header {
			value := strings.Join(values, ", ")
			lower := strings.ToLower(name)
			if value == "" || recording.OnTheWay(name) {
				continue
			}
			if h.values[lower] == nil {
				h.values[lower], h.spelled[lower] = map[string]int{}, name
			}
			h.values[lower][value]++
		}
	}
	return h
}

// usual is the value that most requests have.
func (h headerSet) usual(name string) string {
	best := ""
	for _, value := range slices.Sorted(maps.Keys(h.values[name])) {
		if best == "" || h.values[name][value] > h.values[name][best] {
			best = value
		}
	}
	return best
}

// The kinds of requests whose headers are compared.
const (
	bodiless = "requests without a body"
	bodied   = "requests with a body, except PATCH"
	patches  = "PATCH requests"
)

// compareHeaders compares which headers requests have, for those without a body, those with one, and
// PATCH, which may have a media type of its own (W-24 to W-27, W-C14).
func (c *comparison) compareHeaders() {
	for _, where := range []string{bodiless, bodied, patches} {
		of := func(x *shot) bool {
			switch {
			case len(x.Body) == 0:
				return where == bodiless
			case x.Method == http.MethodPatch:
				return where == patches
			}
			return where == bodied
		}
		run, rec := c.run.headers(of), c.rec.headers(of)
		if run.requests == 0 || rec.requests == 0 {
			continue
		}
		names := slices.Collect(maps.Keys(run.values))
		names = append(names, slices.Collect(maps.Keys(rec.values))...)
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			c.compareHeader(name, where, run, rec)
		}
	}
}

func (c *comparison) compareHeader(name, where string, run, rec headerSet) {
	one, other := run.usual(name), rec.usual(name)
	if one == other || wildcardHeader(one, other) {
		return
	}
	if (one == "" || other == "") && (name == "accept-encoding" || name == "authorization") {
		return // HTTP libraries add the one, and what exports HAR files leaves out the other
	}
	line := func(h headerSet, value string) string {
		if value == "" {
			return ""
		}
		return h.spelled[name] + ": " + value
	}
	f := finding{rule: "W-27", title: "header " + rec.name(name, run)}
	switch name {
	case "content-type":
		if f.rule = "W-24"; where == bodiless {
			f.rule = "W-25"
		} else if where == patches {
			f.option = patchType(other)
		}
	case "accept":
		f.rule = "W-25"
	case "user-agent":
		f.rule, f.option = "W-26", agent(other)
	}
	c.findings.add(f, where, line(run, one), line(rec, other))
}

func (h headerSet) name(lower string, other headerSet) string {
	if h.spelled[lower] != "" {
		return h.spelled[lower]
	}
	return other.spelled[lower]
}

// wildcardHeader reports whether values are equal but for what is redacted; the scheme of
// an Authorization stays.
func wildcardHeader(one, other string) bool {
	if one == "" || other == "" || !wildcard(one) && !wildcard(other) {
		return false
	}
	schemeOf := func(v string) string {
		scheme, _, ok := strings.Cut(v, " ")
		if !ok {
			return ""
		}
		return scheme
	}
	a, b := schemeOf(one), schemeOf(other)
	return a == "" || b == "" || strings.EqualFold(a, b)
}
