package diff

import (
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// step is a request, or several of one cycle that do one thing.
type step []*shot

func (s step) kind() recording.Kind { return s[0].kind }

// pair is two steps that correspond.
type pair struct{ run, rec step }

// where names the object and the cycle of a step.
func (s step) where() string {
	if s[0].cycle == 0 {
		return s[0].object
	}
	return s[0].object + ", cycle " + number(s[0].cycle)
}

// steps are those of each object, in order, and the objects in the order of their first one.
func (s *side) steps() (order []string, steps map[string][]step) {
	steps = map[string][]step{}
	for _, x := range s.shots {
		if x.kind == recording.Probe || x.kind == recording.Check {
			continue // compared for themselves
		}
		list := steps[x.object]
		if list == nil {
			order = append(order, x.object)
		}
		if n := len(list); n > 0 && joins(list[n-1], x) {
			list[n-1] = append(list[n-1], x)
		} else {
			list = append(list, step{x})
		}
		steps[x.object] = list
	}
	for _, list := range steps {
		for i, s := range list {
			read := i > 0 && list[i-1].kind() == recording.Read && list[i-1][0].cycle == s[0].cycle
			s[0].unread = s.kind() == recording.Update && s[0].Collection == "Users" && !read
		}
	}
	return order, steps
}

// unread reports that the side updates users that it did not read.
func (s *side) unread() bool {
	return slices.ContainsFunc(s.shots, func(x *shot) bool { return x.unread })
}

// joins reports whether a request does more of what the step before it did.
func joins(s step, x *shot) bool {
	switch x.kind {
	case recording.Add, recording.Remove, recording.Update:
		return s.kind() == x.kind && s[0].cycle == x.cycle
	default:
		return false
	}
}

// compareObjects aligns the objects of both sides and their steps.
func (c *comparison) compareObjects() {
	order, run := c.run.steps()
	others, rec := c.rec.steps()
	for _, name := range order {
		if rec[name] == nil {
			c.addAlone(name, run[name], nil)
			continue
		}
		one, other := c.turns(name, run[name], rec[name])
		for _, p := range align(one, other) {
			switch {
			case p.rec == nil:
				c.addUnpaired(p.run, true)
			case p.run == nil:
				c.addUnpaired(p.rec, false)
			default:
				c.pairs = append(c.pairs, p)
				c.compareStep(p)
			}
		}
	}
	for _, name := range others {
		if run[name] == nil {
			c.addAlone(name, nil, rec[name])
		}
	}
}

// addAlone adds the steps of an object that only one side has.
func (c *comparison) addAlone(name string, run, rec []step) {
	lines := func(steps []step) string {
		var text []string
		for _, s := range steps[:min(len(steps), 4)] {
			text = append(text, s[0].line())
		}
		return strings.Join(text, "\n")
	}
	c.findings.add(finding{rule: "E-41", title: "objects with requests on one side only"}, name, lines(run), lines(rec))
}

// align pairs steps of the same kind, in order, as many as can be; among equal choices
// those with equal bytes.
func align(a, b []step) []pair {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := range slices.Backward(a) {
		for j := range slices.Backward(b) {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+likeness(a[i], b[j]))
		}
	}
	var pairs []pair
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch like := likeness(a[i], b[j]); {
		case like > 0 && best[i][j] == best[i+1][j+1]+like:
			pairs = append(pairs, pair{a[i], b[j]})
			i++
			j++
		case best[i][j] == best[i+1][j]:
			pairs = append(pairs, pair{run: a[i]})
			i++
		default:
			pairs = append(pairs, pair{rec: b[j]})
			j++
		}
	}
	for ; i < len(a); i++ {
		pairs = append(pairs, pair{run: a[i]})
	}
	for ; j < len(b); j++ {
		pairs = append(pairs, pair{rec: b[j]})
	}
	return pairs
}

func likeness(a, b step) int {
	switch {
	case a.kind() != b.kind():
		return 0
	case len(a) == len(b) && a[0].body == b[0].body:
		return 1001
	default:
		return 1000
	}
}

// addUnpaired adds the difference of a step without a partner.
func (c *comparison) addUnpaired(s step, ours bool) {
	users := s[0].Collection == "Users"
	f := finding{}
	switch s.kind() {
	case recording.Match:
		f = finding{rule: "W-13", title: "matching queries on one side only"}
	case recording.Read:
		f = finding{rule: "W-18", title: "reads of a group on one side only"}
		if users {
			f = finding{rule: "W-17", title: "reads of a user on one side only"}
			if one, other := c.run.unread(), c.rec.unread(); one != other && ours == other {
				f.option = "--set readBeforeUpdate=" + yes(one)
			}
		}
	case recording.Create:
		f = finding{rule: "W-16", title: "creates on one side only"}
	case recording.Manager:
		f = finding{rule: "W-63", title: "managers on one side only"}
		if c.run.dialect == "customappsso" || c.rec.dialect == "customappsso" {
			f.option = c.dialectOption() // it asks the target whether the manager is there (W-20)
		} else if list := changesOf(s); len(list) == 1 && list[0].removesManager() != "" {
			f = cleared("W-64", "clearedManager", list[0].removesManager(), ours)
		} else if form := s.clearsAll(); form != "" {
			f = cleared("W-64", "clearedManager", form, ours)
		}
	case recording.Add:
		f = finding{rule: "W-93", title: "members added on one side only"}
	case recording.Remove:
		f = finding{rule: "W-93", title: "members removed on one side only"}
	case recording.Delete:
		f = finding{rule: "A-12", title: "deletes on one side only", option: "--set deleteGroups=" + yes(!ours)}
		if users {
			f.option = "--set supportsSoftDelete=" + yes(ours)
		}
	case recording.Update:
		f = finding{rule: "W-52", title: "updates on one side only"}
		if strings.Contains(strings.ToLower(s[0].body), "active") {
			f = finding{rule: "W-88", title: "active set on one side only"}
		} else if form := s.clearsAll(); form != "" {
			f = cleared("W-55", "clearedValue", form, ours)
		}
	default:
		f = finding{rule: "W-22", title: "other requests on one side only"}
	}
	if ours {
		c.findings.add(f, s.where(), s[0].quote(), "")
	} else {
		c.findings.add(f, s.where(), "", s[0].quote())
	}
}

func yes(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// compareProbes compares the preflight of cycles (W-1, W-4, W-6), one of each collection.
func (c *comparison) compareProbes() {
	for _, collection := range []string{"Users", "Groups"} {
		run, rec := c.run.first(recording.Probe, collection), c.rec.first(recording.Probe, collection)
		f := finding{rule: "W-4", title: "a preflight query for users"}
		if collection == "Groups" {
			f = finding{rule: "W-6", title: "a preflight query for groups", option: "--set preflightGroups=" + yes(rec != nil)}
		}
		switch {
		case run == nil && rec == nil:
		case rec == nil:
			c.findings.add(f, "preflight", run.line(), "")
		case run == nil:
			c.findings.add(f, "preflight", "", rec.line())
		default:
			c.compareQuery(run, rec, "preflight")
		}
	}
	for _, collection := range []string{"Users", "Groups"} {
		run, rec := c.run.first(recording.Check, collection), c.rec.first(recording.Check, collection)
		f := finding{rule: "W-20", title: "queries for a manager before writing it", option: c.dialectOption()}
		if collection == "Groups" {
			f.rule, f.title = "W-21", "queries for a member before writing it"
		}
		if f.option == "" { // one of the two dialects may ask nothing else that tells it
			f.option = "--set checkReferences=" + yes(rec != nil)
		}
		switch {
		case run != nil && rec == nil:
			c.findings.add(f, "references", run.line(), "")
		case run == nil && rec != nil:
			c.findings.add(f, "references", "", rec.line())
		}
	}
}

func (s *side) first(kind recording.Kind, collection string) *shot {
	i := slices.IndexFunc(s.shots, func(x *shot) bool { return x.kind == kind && x.Collection == collection })
	if i < 0 {
		return nil
	}
	return s.shots[i]
}

// compareStep compares two steps that correspond.
func (c *comparison) compareStep(p pair) {
	a, b := p.run[0], p.rec[0]
	if a.path != b.path {
		c.findings.add(finding{rule: "W-8", title: "the path of a request"}, p.run.where(), a.line(), b.line())
	}
	c.compareQuery(a, b, p.run.where())
	switch {
	case a.kind == recording.Add || a.kind == recording.Remove:
		c.compareMembers(p)
	case a.Method == http.MethodPatch:
		c.comparePatch(p)
	case a.Method == http.MethodPost:
		c.compareCreate(p)
	}
}
