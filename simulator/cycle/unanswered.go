package cycle

import (
	"context"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// lookAtUnanswered asks the target what became of the writes that a killed run sent and that have no
// response. A create is looked for by the values that it sent, not by those that the object has by
// now (S1). What happened becomes link and log entry; what did not is forgotten. As long as the
// target does not say, the object is not created.
func (r *run) lookAtUnanswered(ctx context.Context) error {
	if r.Writes == nil {
		return nil
	}
	writes, err := readUnfinished(r.Writes)
	if err != nil || len(writes) == 0 {
		return err
	}
	for _, w := range writes {
		waited := time.Duration(0)
		call := scimclient.Call{Label: r.IDs.ForChange(w.CycleID, w.Source, w.Part), At: r.clock.base, Waited: &waited}
		happened, failure := r.happened(ctx, call, &w)
		r.clock.took(waited)
		switch {
		case failure != nil && failure.Stop != nil:
			return failure.Stop
		case failure != nil && w.Part == string(PartObject) && (w.Action == provlog.Create || w.Action == provlog.Delete):
			if r.unknown == nil {
				r.unknown = map[int64]*scimclient.Failure{}
			}
			r.unknown[w.Num] = failure
		case happened && failure == nil:
			if err := r.takeOver(ctx, &w); err != nil {
				return err
			}
		default: // the object is read again before the next write
			r.Writes.Settle(w.seqs...)
		}
	}
	// Committed before the next write: a later write to one of these objects must not look like this one.
	if err := r.Store.Save(context.WithoutCancel(ctx), WritesRecord, r.Writes.Position()); err != nil {
		return err
	}
	return r.commit(ctx)
}

// takeOver makes a write that happened part of state and log.
func (r *run) takeOver(ctx context.Context, w *unfinished) error {
	t := r.taker()
	if err := t.apply(ctx, w, &r.result.Counts); err != nil {
		return err
	}
	if w.Part == string(PartObject) {
		r.in.Again = append(r.in.Again, w.Num)
	}
	if err := r.journalFound(w); err != nil {
		return err
	}
	r.clock.took(r.Options.WriteTime)
	s, err := t.entryOf(w, r.clock.now())
	if err != nil {
		return err
	}
	r.Writes.Settle(w.seqs...)
	return r.append(ctx, s)
}

// journalFound tells cleanup the id of an object whose creation had no response. The journal of
// the run that was killed may be another file, and it knows only the values that were sent.
func (r *run) journalFound(w *unfinished) error {
	if r.Journal == nil || w.Part != string(PartObject) || w.Action != provlog.Create || len(w.Match) == 0 {
		return nil
	}
	seq, err := r.Journal.Intent(journal.Object{Collection: w.Kind + "s", Attribute: w.Match[0].Attribute, Value: w.Match[0].Value})
	if err != nil {
		return err
	}
	return r.Journal.Made(seq, w.Target)
}

// happened asks the target whether it did what a write said.
func (r *run) happened(ctx context.Context, call scimclient.Call, w *unfinished) (bool, *scimclient.Failure) {
	if w.Part == string(PartObject) && w.Action == provlog.Create {
		return r.wasCreated(ctx, call, w)
	}
	r.result.Counts.Requests++
	found, failure := r.Client.Read(ctx, call, w.Kind+"s", w.Target)
	switch {
	case failure != nil && failure.Code == provlog.CodeInvalidAnchor:
		return w.Action == provlog.Delete, nil
	case failure != nil:
		return false, failure
	case w.Part == string(PartManager) && r.Users.Manager() == nil:
		return false, nil
	case w.Part == string(PartManager):
		v, _ := r.Users.Manager().Path.Get(found.Values)
		return managerID(v) == w.Manager, nil
	case w.Action == provlog.Delete:
		return false, nil
	}
	t := r.taker()
	s, err := t.entryOf(w, time.Time{})
	if err != nil {
		return false, scimclient.Stopped(err)
	}
	return r.has(w.Kind, found, s.ModifiedProperties), nil
}

// wasCreated looks for the object of a create by the values that it sent.
func (r *run) wasCreated(ctx context.Context, call scimclient.Call, w *unfinished) (bool, *scimclient.Failure) {
	for _, m := range w.Match {
		r.result.Counts.Requests++
		found, failure := r.Client.Find(ctx, call, scimclient.Query{Collection: w.Kind + "s", Attribute: m.Attribute, Value: m.Value})
		if failure != nil {
			return false, failure
		}
		if len(found) != 1 {
			continue
		}
		owner, linked, err := r.Store.Owner(context.WithoutCancel(ctx), w.Kind, found[0].ID)
		if err != nil {
			return false, scimclient.Stopped(err)
		}
		if !linked || owner == w.Num {
			w.Target = found[0].ID
			return !linked, nil
		}
	}
	return false, nil
}

// has reports whether an object has the values that a PATCH set. A value that is hidden in the log
// cannot be compared.
func (r *run) has(kind string, found scimclient.Resource, properties []provlog.ModifiedProperty) bool {
	m := r.Users
	if kind == "Group" {
		m = r.Groups
	}
	values := map[string]*mapping.Attribute{}
	if m != nil {
		for _, a := range m.Attributes {
			values[a.Name] = a
		}
	}
	compared := false
	for _, p := range properties {
		a := values[p.DisplayName]
		if a == nil || p.NewValue == nil || *p.NewValue == concealed {
			continue
		}
		v, ok := a.Path.Get(found.Values)
		if !ok || !strings.EqualFold(plain(v), *p.NewValue) {
			return false
		}
		compared = true
	}
	return compared
}
