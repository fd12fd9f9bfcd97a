package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Facts are what a side is.
type Facts struct {
	Requests int      `json:"requests"`
	Cycles   int      `json:"cycles"`
	Idle     int      `json:"idle"`
	Dialect  string   `json:"dialect,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
}

// Example is where a difference was seen.
type Example struct {
	Where     string `json:"where"`
	Run       string `json:"run"`       // empty: nothing of the kind
	Recording string `json:"recording"` // empty: nothing of the kind
}

// Difference is one rule in which the two sides differ.
type Difference struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	// Option is what would explain it: "--set memberAdd=replace"; empty where nothing is known.
	Option string `json:"option,omitempty"`
	// Count is how often it was seen, Examples the first few of it.
	Count    int       `json:"count"`
	Examples []Example `json:"examples"`
}

// Result is what a comparison came to.
type Result struct {
	Run         Facts        `json:"run"`
	Recording   Facts        `json:"recording"`
	Differences []Difference `json:"differences"`
	// Notes are what a reader should know and what is no difference.
	Notes []string `json:"notes,omitempty"`
}

// Options are those of all differences together.
func (r *Result) Options() []string {
	var all []string
	for _, d := range r.Differences {
		if d.Option != "" && !slices.Contains(all, d.Option) {
			all = append(all, d.Option)
		}
	}
	slices.Sort(all)
	return all
}

const mostExamples = 3

// finding is a difference without its place.
type finding struct{ rule, title, option string }

// findings gathers differences by rule.
type findings struct {
	list []Difference
	at   map[finding]int
	last map[int]Example
}

func (f *findings) add(what finding, where, run, rec string) {
	if f.at == nil {
		f.at, f.last = map[finding]int{}, map[int]Example{}
	}
	i, ok := f.at[what]
	if !ok {
		i = len(f.list)
		f.at[what] = i
		f.list = append(f.list, Difference{Rule: what.rule, Title: what.title, Option: what.option})
	}
	d := &f.list[i]
	this := Example{where, run, rec}
	if f.last[i] == this {
		return // several values of one body that differ in one way
	}
	f.last[i] = this
	d.Count++
	if len(d.Examples) < mostExamples {
		d.Examples = append(d.Examples, this)
	}
}

// sorted are the differences by the letter and the number of their rules.
func (f *findings) sorted() []Difference {
	slices.SortStableFunc(f.list, func(a, b Difference) int {
		la, na, _ := strings.Cut(a.Rule, "-")
		lb, nb, _ := strings.Cut(b.Rule, "-")
		ia, _ := strconv.Atoi(na)
		ib, _ := strconv.Atoi(nb)
		return cmp.Or(cmp.Compare(lb, la), cmp.Compare(ia, ib))
	})
	return f.list
}

func (s *side) facts() Facts {
	f := Facts{Requests: len(s.shots), Cycles: s.cycles, Idle: s.idle, Dialect: s.dialect}
	for _, sign := range s.signs {
		f.Evidence = append(f.Evidence, sign.Dialect+": "+sign.String())
	}
	return f
}

// dialectOption is the flag that makes our engine speak as the recording does, where the
// two speak differently.
func (c *comparison) dialectOption() string {
	if c.rec.dialect == "" || c.run.dialect == c.rec.dialect {
		return ""
	}
	return "--dialect " + c.rec.dialect
}

// comparison is one under way.
type comparison struct {
	run, rec *side
	findings findings
	notes    []string
	pairs    []pair // of steps, in the order of the run
}

// Compare compares the requests of our engine with those that were recorded.
func Compare(run, rec []*recording.Request) *Result {
	hidden := slices.ContainsFunc(run, recording.Redacted) || slices.ContainsFunc(rec, recording.Redacted)
	c := &comparison{run: newSide(run, hidden), rec: newSide(rec, hidden)}
	c.objects()
	c.probes()
	c.flags()
	c.headers()
	c.order()
	c.remarks()
	if hidden {
		c.notes = append(c.notes, "What objects are matched by was redacted; they are told apart by externalId.")
	}
	return &Result{Run: c.run.facts(), Recording: c.rec.facts(), Differences: c.findings.sorted(), Notes: c.notes}
}
