package survey

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// longestDelay is how long the survey waits for a write to be shown. What is not shown by then is
// judged by the checks.
const longestDelay = 3 * time.Second

// Delay is how long a kind of read took until it showed a write.
type Delay struct {
	// Collection is "Users" or "Groups". Query reports a list, and otherwise it was a read by id.
	Collection string
	Query      bool
	// Shown is what was shown late, such as "a filter by userName".
	Shown string
	// Longest is the longest one that was measured.
	Longest time.Duration
}

// tries are reads of one kind.
type tries struct {
	collection, path, shown string
	query                   bool
}

// until repeats a read until it shows the last write, and returns the last response. The first delay of a
// kind lets all further reads of this kind wait, so that a later one is measured only if it is
// longer. Of each kind that never showed a write, one read waits in vain.
func (q *questions) until(ctx context.Context, t tries, seen func(session.Response) bool) (session.Response, error) {
	end := q.confirmed()
	a, err := q.Try(ctx, t.path)
	if err != nil || seen(a) || q.vain[t.shown] {
		return a, err
	}
	step := 25 * time.Millisecond
	for waited := time.Duration(0); waited < longestDelay; waited += step {
		step = min(2*step, 250*time.Millisecond)
		if q.Pause(ctx, step) != nil {
			return a, nil
		}
		if a, err = q.Try(ctx, t.path); err != nil {
			return a, err
		}
		if seen(a) {
			q.delayed(t, max(q.last().Started.Sub(end), waited+step))
			return a, nil
		}
	}
	if q.vain == nil {
		q.vain = map[string]bool{}
	}
	q.vain[t.shown] = true
	return a, nil
}

// confirmed is when the response to the last write was there.
func (q *questions) confirmed() time.Time {
	for _, x := range slices.Backward(q.Exchanges) {
		if x.Method != http.MethodGet {
			return x.Started.Add(x.Duration)
		}
	}
	return time.Time{}
}

// delayed notes a delay, and lets all further reads of the kind wait a little longer than that.
func (q *questions) delayed(t tries, d time.Duration) {
	lag := session.Lag{Queries: d + d/2 + 50*time.Millisecond}
	if !t.query {
		lag.Reads = lag.Queries // a query is never ahead of a read by id
	}
	q.Lags(t.collection, lag)
	for i := range q.survey.Delays {
		if known := &q.survey.Delays[i]; known.Collection == t.collection && known.Shown == t.shown {
			known.Longest = max(known.Longest, d)
			return
		}
	}
	q.survey.Delays = append(q.survey.Delays, Delay{Collection: t.collection, Query: t.query, Shown: t.shown, Longest: d})
}

// byID reads a resource by id until it shows what was written.
func (q *questions) byID(ctx context.Context, path string, seen func(session.Response) bool) session.Response {
	collection, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	t := tries{collection: collection, path: path, shown: "a read of /" + collection + "/{id}"}
	a, _ := q.until(ctx, t, seen)
	return a
}

// isThere reports whether a new resource can be read.
func isThere(a session.Response) bool { return a.Status != http.StatusNotFound }

// anything takes any resource that a query finds.
func anything(map[string]any) bool { return true }

// queried asks for a resource by its name until the response shows what was written.
func (q *questions) queried(ctx context.Context, r *Resource, key, name string, seen func(found map[string]any) bool) (session.Response, fact.Fact) {
	collection := r.Name + "s"
	t := tries{collection: collection, query: true, path: byKey(collection, key, name), shown: "a filter of /" + collection + " by " + key}
	a, err := q.until(ctx, t, func(a session.Response) bool {
		list := a.Page().Resources
		switch {
		case a.Status == http.StatusNotFound, a.Status == http.StatusOK && len(list) == 0:
			return false
		case a.Status != http.StatusOK || len(list) > 1: // refused, or ignored
			return true
		}
		return seen(list[0])
	})
	return a, factOf(http.MethodGet, t.path, a, err)
}

// counted asks for the number of resources until it is not the one from before.
func (q *questions) counted(ctx context.Context, r *Resource) {
	before, known := q.totals[r.Name]
	if !known {
		return
	}
	collection := r.Name + "s"
	t := tries{collection: collection, query: true, path: "/" + collection + "?count=1", shown: "the list of /" + collection}
	a, _ := q.until(ctx, t, func(a session.Response) bool { return a.Status != http.StatusOK || a.Page().Total != before })
	if page := a.Page(); page.Counted {
		q.totals[r.Name] = page.Total
	}
}

// updated asks whether a query shows what a PATCH has changed.
func (q *questions) updated(ctx context.Context, r *Resource, path, userName string) {
	read, _ := q.send(ctx, http.MethodGet, path, nil)
	for _, name := range Carriers() {
		if a := r.Find(name); a == nil || a.Patch != Kept || read.Status != http.StatusOK {
			continue
		}
		now := resource.Value(read.Body, name)
		q.queried(ctx, r, "userName", userName, func(found map[string]any) bool {
			shown := resource.Value(found, name)
			return shown == nil || shown == now
		})
		return
	}
}
