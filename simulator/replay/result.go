package replay

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

const (
	mostExamples = 10
	mostSlowest  = 10
)

// Result is what was sent; how long it took is in the recorder.
type Result struct {
	Began time.Time
	// Read is the number of requests taken from the stream, of all tenants.
	Read int64
	Sent int64
	// Retried counts requests that were sent again after a Retry-After.
	Retried int64
	// Lookups counts the searches for objects that another shard made.
	Lookups int64
	// Elsewhere counts the requests that belong to other shards.
	Elsewhere int64
	// Earlier counts the requests that an earlier run has sent.
	Earlier   int64
	Unsent    []Unsent
	Different []Different
	// Answered says in what responses differ from recorded ones of the same request.
	Answered []Answered
	Unbound  Unbound
	Slowest  []Slow
	// MostInFlight is the largest number of requests under way.
	MostInFlight int
	// Planned is how long the schedule was to take until the last request that was read.
	Planned time.Duration
	// Stopped is why the run ended before the stream; nil where it did not.
	Stopped error
	// Ended says that the duration or the schedule was over before the stream.
	Ended bool
}

// Unsent is a reason for which requests were not sent.
type Unsent struct {
	Why      string
	Count    int64
	Examples []string
}

// NotSent is a request that was not sent.
type NotSent struct {
	Request   int64  `json:"request"` // its number in the stream
	Tenant    string `json:"tenant,omitempty"`
	Operation string `json:"operation"`
	Object    string `json:"object,omitempty"` // the name of what it is about
	Needs     string `json:"needs,omitempty"`  // the id that it needs
	Why       string `json:"why"`
}

// String says it in a few words.
func (n NotSent) String() string {
	text := fmt.Sprintf("request %d, %s", n.Request, n.Operation)
	if n.Object != "" {
		text += " of " + n.Object
	}
	if n.Needs != "" {
		text += ": needs " + n.Needs
	}
	return text
}

// Different is a kind of request whose responses have another status than the recorded ones.
type Different struct {
	Operation      string
	Recorded, Have int
	Count          int64
	Example        string
}

// Slow is one of the slowest requests, with its exchange.
type Slow struct {
	Operation string
	Response  time.Duration // from the time at which it was due
	Service   time.Duration
	Exchange  *exchange.Exchange
}

// UnsentTotal is how many requests were not sent.
func (r *Result) UnsentTotal() (n int64) {
	for _, u := range r.Unsent {
		n += u.Count
	}
	return n
}

// DifferentTotal is how many responses have another status than the recorded ones.
func (r *Result) DifferentTotal() (n int64) {
	for _, d := range r.Different {
		n += d.Count
	}
	return n
}

// tally gathers what is not measured.
type tally struct {
	read, sent, retried, lookups, elsewhere, earlier atomic.Int64
	inFlight, most                                   atomic.Int64
	silent                                           atomic.Int64 // requests in a row without a response
	refused                                          atomic.Int64 // requests refused before any was let in
	admitted                                         atomic.Bool
	least                                            atomic.Int64 // response time of the fastest of the slowest

	mu        sync.Mutex
	unsent    map[string]*Unsent
	different map[differentKey]*Different
	answered  map[answerKey]*Answered
	unbound   Unbound
	slowest   []Slow
	stopped   error
}

type differentKey struct {
	operation      string
	recorded, have int
}

func newTally() *tally {
	return &tally{unsent: map[string]*Unsent{}, different: map[differentKey]*Different{}, answered: map[answerKey]*Answered{}}
}

// enter counts a request under way, and gives their number.
func (t *tally) enter() int {
	n := t.inFlight.Add(1)
	for most := t.most.Load(); n > most && !t.most.CompareAndSwap(most, n); most = t.most.Load() {
	}
	return int(n)
}

func (t *tally) leave() { t.inFlight.Add(-1) }

func (t *tally) notSent(n NotSent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.unsent[n.Why]
	if u == nil {
		u = &Unsent{Why: n.Why}
		t.unsent[n.Why] = u
	}
	u.Count++
	if len(u.Examples) < mostExamples {
		u.Examples = append(u.Examples, n.String())
	}
}

func (t *tally) differs(r *Request, have int, example string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := differentKey{r.Operation, r.Status, have}
	d := t.different[key]
	if d == nil {
		d = &Different{Operation: r.Operation, Recorded: r.Status, Have: have, Example: example}
		t.different[key] = d
	}
	d.Count++
}

// amongSlowest reports whether a time is worth an exchange.
func (t *tally) amongSlowest(response time.Duration) bool { return int64(response) > t.least.Load() }

func (t *tally) slow(s Slow) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.slowest = append(t.slowest, s)
	slices.SortStableFunc(t.slowest, func(a, b Slow) int { return cmp.Compare(b.Response, a.Response) })
	if len(t.slowest) >= mostSlowest {
		t.slowest = t.slowest[:mostSlowest]
		t.least.Store(int64(t.slowest[mostSlowest-1].Response))
	}
}

// stop notes the first reason for which the run ends early.
func (t *tally) stop(why error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stopped == nil {
		t.stopped = why
	}
}

func (t *tally) result() *Result {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &Result{
		Read: t.read.Load(), Sent: t.sent.Load(), Retried: t.retried.Load(), Lookups: t.lookups.Load(), Elsewhere: t.elsewhere.Load(), Earlier: t.earlier.Load(),
		MostInFlight: int(t.most.Load()), Slowest: t.slowest, Stopped: t.stopped,
		Answered: t.listed(), Unbound: t.unbound,
	}
	for _, why := range slices.Sorted(maps.Keys(t.unsent)) {
		r.Unsent = append(r.Unsent, *t.unsent[why])
	}
	for _, d := range t.different {
		r.Different = append(r.Different, *d)
	}
	slices.SortFunc(r.Different, func(a, b Different) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Recorded, b.Recorded), cmp.Compare(a.Have, b.Have))
	})
	return r
}
