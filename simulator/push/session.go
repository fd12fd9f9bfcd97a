package push

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Session is what a Provider works with during a round.
type Session struct {
	Tenant *directory.Tenant
	Store  *Store
	// Seed determines everything random.
	Seed uint64

	run      *run
	everyone bool // is assigned
	counts   Counts
	touched  map[int64]bool // users whose link became another one in this round
}

// Now is the instant of the round.
func (s *Session) Now() time.Time { return s.run.deps.Clock.Now() }

// Assigned reports whether an object is there and assigned to the application.
func (s *Session) Assigned(o *directory.Object) bool {
	return o.Presence == directory.Present && (o.Entitled || s.everyone)
}

// Path is the path of a resource.
func Path(collection, id string) string { return "/" + collection + "/" + url.PathEscape(id) }

// Send sends a request and returns what came back. The error ends the run. body may be nil.
func (s *Session) Send(ctx context.Context, label, method, path, query string, body any) (Answer, error) {
	r := scimclient.Request{Method: method, Path: path, Query: query}
	if body != nil {
		text, err := Raw(body)
		if err != nil {
			return Answer{}, err
		}
		r.Body = text
	}
	x, err := s.run.client.Send(ctx, scimclient.Call{Label: label, At: s.Now()}, r)
	if err != nil {
		return Answer{}, fmt.Errorf("%s %s: %w", method, path, err)
	}
	s.counts.Requests++
	return answerOf(x), nil
}

// Create posts a resource. Before the request, the journal is told how to find it; after it, its id.
// id is "" if the response has none.
func (s *Session) Create(ctx context.Context, label, collection string, found journal.Object, body any) (a Answer, id string, err error) {
	found.Collection = collection
	var seq int64
	if s.run.journal != nil {
		if seq, err = s.run.journal.Intent(found); err != nil {
			return a, "", err
		}
	}
	if a, err = s.Send(ctx, label, "POST", "/"+collection, "", body); err != nil {
		return a, "", err
	}
	if o, err := a.Object(); a.OK() && err == nil {
		id = o.Text("id")
	}
	switch {
	case s.run.journal == nil:
	case a.Status >= 400 && a.Status < 500:
		err = s.run.journal.Gone(seq)
	case id != "":
		s.run.made[collection+" "+id] = seq
		err = s.run.journal.Made(seq, id)
	}
	return a, id, err
}

// Deleted tells the journal that a resource is gone.
func (s *Session) Deleted(collection, id string) error {
	seq, ok := s.run.made[collection+" "+id]
	if !ok || s.run.journal == nil {
		return nil
	}
	return s.run.journal.Gone(seq)
}

// Renamed tells the journal the new value by which a resource is found (S10).
func (s *Session) Renamed(collection, id, attribute, value string) error {
	seq, ok := s.run.made[collection+" "+id]
	if !ok || s.run.journal == nil {
		return nil
	}
	return s.run.journal.Named(seq, attribute, value)
}

// Ours reports whether an earlier part of this run, or of an earlier run of the state, created a resource.
func (s *Session) Ours(collection, id string) bool {
	_, ours := s.run.made[collection+" "+id]
	return ours
}

// MayAdopt reports whether the run may write to a resource that it found: on a host that is not loopback
// only what an earlier part of it created (decisions: harmless). value is how the journal finds it.
func (s *Session) MayAdopt(collection, id, value string) (bool, error) {
	r := s.run
	_, ours := r.made[collection+" "+id]
	seq, intended := r.intended[collection+" "+value]
	if intended && !ours && r.journal != nil { // killed before the response
		r.made[collection+" "+id], ours = seq, true
		delete(r.intended, collection+" "+value)
		if err := r.journal.Made(seq, id); err != nil {
			return false, err
		}
	}
	return ours || !r.cfg.External || r.cfg.AdoptExisting, nil
}

// Fail makes a task of an operation that failed. With a wait, it is tried again by itself.
func (s *Session) Fail(ctx context.Context, o *directory.Object, name, text string, status int, wait time.Duration) (Task, error) {
	t, had, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return t, err
	}
	if !had {
		t.Since = s.Now()
	}
	t.Num, t.Kind, t.SourceID, t.Name, t.Text, t.Status, t.Wait, t.Due = o.Num, o.Kind, o.ID, name, s.run.redact.Text(text), status, wait, time.Time{}
	t.Attempts++
	if wait > 0 {
		t.Due = s.Now().Add(wait)
	}
	s.counts.Failed++
	return t, s.Store.SaveTask(ctx, t)
}

// Done ends the task of an object.
func (s *Session) Done(ctx context.Context, o *directory.Object) error {
	if _, had, err := s.Store.Task(ctx, o.Num); err != nil || !had {
		return err
	}
	return s.Store.DropTask(ctx, o.Num)
}

// Touch says that the link of a user is another one now, so that groups look at their members.
func (s *Session) Touch(num int64) { s.touched[num] = true }

// Log writes an entry, and counts it.
func (s *Session) Log(e Entry) error {
	e.At = s.Now()
	e.Reason = s.run.redact.Text(e.Reason)
	s.count(e)
	s.run.wrote(e)
	if s.run.logged != nil {
		s.run.logged(e)
	}
	line, err := json.Marshal(s.run.provider.LogLine(e))
	if err != nil {
		return fmt.Errorf("write the log: %w", err)
	}
	return s.run.log.WriteLine(line)
}

// count counts an entry.
func (s *Session) count(e Entry) {
	if e.Outcome == Skipped {
		s.counts.Skipped++
	}
	if e.Outcome != Success {
		return
	}
	s.counts.MembersAdded += int64(len(e.Added))
	s.counts.MembersRemoved += int64(len(e.Removed))
	if e.Action == Update && len(e.Added)+len(e.Removed) > 0 {
		return
	}
	switch e.Action {
	case Create:
		s.counts.Created++
	case Update, Enable:
		s.counts.Updated++
	case Disable:
		s.counts.Disabled++
	case Delete:
		s.counts.Deleted++
	case Linked, Read, Nothing:
	}
}

// Note tells the administrator something about the run.
func (s *Session) Note(text string) { s.run.note(text) }
