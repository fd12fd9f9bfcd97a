package invariant

import (
	"cmp"
	"fmt"
	"strconv"
	"sync"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Transcript watches the responses of a run. Its verdicts do not depend on the order of the cases.
type Transcript struct {
	mu    sync.Mutex // guards the rest
	rules []Rule
	cases map[string]*history
	found map[catalog.ID]*Verdict
	ids   identities
}

// Verdict is what was seen of a rule.
type Verdict struct {
	// Judged is how many responses the rule was about, and Broken how many broke it.
	Judged, Broken int
	// Fact, Cause and Exchange are those of the first breach by case and index.
	Fact     fact.Fact
	Cause    string
	Exchange *exchange.Exchange
	// Case is the id of the check that sent the request, or another name of a case.
	Case  string
	index int
}

// New returns an empty transcript.
func New() *Transcript {
	return &Transcript{rules: Rules(), cases: map[string]*history{}, found: map[catalog.ID]*Verdict{}, ids: identities{}}
}

// See takes a response. It may be called from several goroutines; those of one case come in order.
func (t *Transcript) See(seen session.Seen) {
	r := newResponse(seen)
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.cases[seen.Case]
	if h == nil {
		h = &history{ids: t.ids, mine: map[string]bool{}, stamps: map[string]string{}, born: map[string]string{}}
		t.cases[seen.Case] = h
	}
	for _, rule := range t.rules {
		if applies, broken := rule.judge(r, h); applies {
			t.count(rule, r, broken)
		}
	}
	h.after(r)
}

// count notes a judgement. Of several breaches, the first by case and index is kept.
func (t *Transcript) count(rule Rule, r *response, b *breach) {
	v := t.found[rule.ID]
	if v == nil {
		v = &Verdict{}
		t.found[rule.ID] = v
	}
	v.Judged++
	if b == nil {
		return
	}
	v.Broken++
	if v.Broken > 1 && cmp.Or(cmp.Compare(v.Case, r.Case), cmp.Compare(v.index, r.Index)) <= 0 {
		return
	}
	v.Case, v.index, v.Exchange, v.Cause = r.Case, r.Index, r.Exchange, b.cause
	v.Fact = fact.Fact{Layer: fact.Claim, Kind: b.kind, Method: r.method, Route: r.route, Attribute: b.attribute, Expected: b.expected, Actual: b.actual}
	if rule.ID == serverErrors {
		v.Fact.Layer, v.Fact.Status, v.Fact.Words = fact.Status, r.status, fact.WordsOf(text(r.object, "detail"))
	}
}

// Judge returns the verdict on a rule so far. The fact says how many responses are concerned.
func (t *Transcript) Judge(id catalog.ID) Verdict {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.found[id]
	if v == nil {
		return Verdict{}
	}
	out := *v
	if out.Broken > 0 {
		out.Fact.Actual += fmt.Sprintf(" (in %d of %d responses)", out.Broken, out.Judged)
	}
	return out
}

func number(n int) string { return strconv.Itoa(n) }
