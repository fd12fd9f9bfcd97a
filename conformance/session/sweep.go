package session

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// bin collects the objects of checks that have ended, so that one bulk request removes many of them.
type bin struct {
	// size is how many objects a bulk request removes; 0 removes those of each check at its end.
	size    int
	waiting []made
	sweeps  int                  // how many bulk requests have removed something
	sent    []*exchange.Exchange // what they sent
}

// SpareRequests lets one bulk request create or remove up to n objects. The target must have shown
// that bulk requests work. The caller ends the run with Sweep.
func (s *Session) SpareRequests(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bin.size = n
}

func (s *Session) batch() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(s.bin.size, 1)
}

// farewell is the time that End may take after its context has ended.
const farewell = 10 * time.Second

// End removes the objects that the check created, groups first, or leaves them to a later sweep. It
// goes on for ten seconds after ctx has ended, so that a cancelled run leaves little behind.
func (c *Case) End(ctx context.Context) {
	ctx, cancel := exchange.Outlast(ctx, farewell)
	defer cancel()
	c.drop()
	if c.session.cfg.Keep || len(c.made) == 0 {
		return
	}
	if full, later := c.session.thrown(c.made); later {
		c.session.sweep(ctx, full)
		return
	}
	exchanges := len(c.Exchanges)
	c.remove(ctx, c.made)
	c.cleaning = slices.Clone(c.Exchanges[exchanges:])
	c.Exchanges = c.Exchanges[:exchanges] // requests of the cleanup are not evidence
}

// Sweep removes the objects that still wait for it.
func (s *Session) Sweep(ctx context.Context) {
	ctx, cancel := exchange.Outlast(ctx, farewell)
	defer cancel()
	s.mu.Lock()
	left := s.bin.waiting
	s.bin.waiting = nil
	s.mu.Unlock()
	s.sweep(ctx, left)
	s.mu.Lock()
	sent := s.bin.sent
	s.bin.sent = nil
	s.mu.Unlock()
	s.Publish(sent)
}

// thrown takes objects for a later sweep. A full bin is returned to be swept now.
func (s *Session) thrown(objects []made) (full []made, later bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bin.size == 0 {
		return nil, false
	}
	if s.bin.waiting = append(s.bin.waiting, objects...); len(s.bin.waiting) >= s.bin.size {
		full, s.bin.waiting = s.bin.waiting, nil
	}
	return full, true
}

// sweep removes objects in bulk. It is a case of its own.
func (s *Session) sweep(ctx context.Context, objects []made) {
	if len(objects) == 0 {
		return
	}
	s.mu.Lock()
	s.bin.sweeps++
	c := s.Begin(fmt.Sprintf("cleanup-%d", s.bin.sweeps))
	s.mu.Unlock()
	slices.SortStableFunc(objects, groupsFirst)
	for chunk := range slices.Chunk(objects, s.batch()) {
		c.remove(ctx, c.removeInBulk(ctx, chunk))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bin.sent = append(s.bin.sent, c.Exchanges...)
}

func groupsFirst(a, b made) int {
	rank := map[string]int{"Groups": -1}
	return rank[a.collection] - rank[b.collection]
}

// removeInBulk removes objects in one request. If any of them may still be there, it returns all.
func (c *Case) removeInBulk(ctx context.Context, objects []made) (left []made) {
	operations := make([]any, len(objects))
	for i, m := range objects {
		operations[i] = map[string]any{"method": http.MethodDelete, "path": m.path()}
	}
	a, err := c.bulk(ctx, operations)
	results, _ := a.Body["Operations"].([]any)
	kept := func(e any) bool {
		result, _ := e.(map[string]any)
		return !removed(fmt.Sprint(result["status"]))
	}
	if err != nil || a.Status != http.StatusOK || len(results) != len(objects) || slices.ContainsFunc(results, kept) {
		return objects
	}
	for _, m := range objects {
		c.forget(m)
	}
	return nil
}

// RemoveInBulk removes the objects that the last bulk request of the case made. It reports whether
// the target says that all of them are gone.
func (c *Case) RemoveInBulk(ctx context.Context) bool {
	at := len(c.made) - c.inBulk
	left := c.removeInBulk(ctx, c.made[at:])
	c.made, c.inBulk = append(c.made[:at:at], left...), 0
	return len(left) == 0
}

// removed reports the status of a removal, or that of an object which a check has removed before.
func removed(status string) bool { return slices.Contains([]string{"200", "204", "404"}, status) }

// remove removes objects with one request each, groups before users.
func (c *Case) remove(ctx context.Context, objects []made) {
	for _, collection := range []string{"Groups", "Users"} {
		own := slices.DeleteFunc(slices.Clone(objects), func(m made) bool { return m.collection != collection })
		requests := make([]exchange.Request, len(own))
		for i, m := range own {
			r, err := c.request(http.MethodDelete, m.path(), nil, nil)
			if err != nil {
				return
			}
			requests[i] = r
		}
		responses, _ := c.all(ctx, requests)
		for i, a := range responses {
			if removed(strconv.Itoa(a.Status)) {
				c.forget(own[i]) // cleanup looks again for whatever stays in the journal
			}
		}
	}
}

// forget notes in the journal that an object is gone.
func (c *Case) forget(m made) {
	if j := c.session.cfg.Journal; j != nil {
		_ = j.Gone(m.seq)
	}
}

func (m made) path() string { return "/" + m.collection + "/" + url.PathEscape(m.id) }
