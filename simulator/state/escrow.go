package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// What names the part of an object that failed.
type What string

// An escrow is of the object itself or of one of its references (E-137, E-262).
const (
	Object  What = "object"
	Manager What = "manager"
	Member  What = "member"
)

// Escrow is a failure kept for a retry (E-235).
type Escrow struct {
	Num      int64
	What     What
	Other    int64 // the referenced object; 0 for the object itself
	Fault    provlog.Fault
	First    time.Time // first failure
	Due      time.Time // earliest next try
	Attempts int       // retries made after the first failure
}

// escrowed caches the counts of the escrow table. Mostly the table is empty,
// and then the many queries of a cycle cost nothing.
type escrowed struct {
	counted             bool // the counts are those of the table
	objects, references int64
}

// none reports that no escrow is kept at all.
func (s *Store) none() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.escrowed.counted && s.escrowed.objects+s.escrowed.references == 0
}

// escrow changes the table of escrows.
func (s *Store) escrow(ctx context.Context, text string, args ...any) error {
	s.mu.Lock()
	s.escrowed.counted = false
	s.mu.Unlock()
	return s.exec(ctx, text, args...)
}

// drop deletes escrows; it does nothing if there are none.
func (s *Store) drop(ctx context.Context, where string, args ...any) error {
	if s.none() {
		return nil
	}
	n, err := s.change(ctx, "DELETE FROM escrow WHERE "+where, args...)
	if n > 0 {
		s.mu.Lock()
		s.escrowed.counted = false
		s.mu.Unlock()
	}
	return err
}

// Escrow returns one escrow.
func (s *Store) Escrow(ctx context.Context, num int64, what What, other int64) (Escrow, bool, error) {
	e := Escrow{Num: num, What: what, Other: other}
	if s.none() {
		return e, false, nil
	}
	var r escrowRow
	ok, err := s.row(ctx, "SELECT "+escrowColumns+" FROM escrow WHERE num = ? AND what = ? AND other = ?",
		[]any{num, string(what), other}, r.dest(&e)...)
	if err == nil && ok {
		err = r.read(&e)
	}
	return e, ok, err
}

// escrowColumns are the columns that escrowRow reads.
const escrowColumns = "num, what, other, code, why, status, about, body, first, due, attempts"

// escrowRow holds the columns whose form in SQLite differs from that in Escrow.
type escrowRow struct {
	about      string
	first, due int64
}

// dest lists the destinations of the columns.
func (r *escrowRow) dest(e *Escrow) []any {
	f := &e.Fault
	return []any{&e.Num, &e.What, &e.Other, &f.Code, &f.Why, &f.Status, &r.about, &f.Body, &r.first, &r.due, &e.Attempts}
}

// read completes the escrow.
func (r *escrowRow) read(e *Escrow) error {
	e.First, e.Due = time.Unix(r.first, 0).UTC(), time.Unix(r.due, 0).UTC()
	return json.Unmarshal([]byte(r.about), &e.Fault.About)
}

// PutEscrow keeps or renews an escrow. Its times are its own, so the Retry of the fault is not kept.
func (s *Store) PutEscrow(ctx context.Context, e Escrow) error {
	about, err := json.Marshal(e.Fault.About)
	if err != nil {
		return err
	}
	f := &e.Fault
	return s.escrow(ctx, `INSERT INTO escrow (`+escrowColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (num, what, other) DO UPDATE SET code = excluded.code, why = excluded.why, status = excluded.status,
			about = excluded.about, body = excluded.body, due = excluded.due, attempts = excluded.attempts`,
		e.Num, string(e.What), e.Other, f.Code, string(f.Why), f.Status, string(about), f.Body, e.First.Unix(), e.Due.Unix(), e.Attempts)
}

// DropEscrow forgets one escrow; a missing one is no error.
func (s *Store) DropEscrow(ctx context.Context, num int64, what What, other int64) error {
	return s.drop(ctx, "num = ? AND what = ? AND other = ?", num, string(what), other)
}

// DropEscrows forgets every escrow of an object, its references included.
func (s *Store) DropEscrows(ctx context.Context, num int64) error {
	return s.drop(ctx, "num = ?", num)
}

// ClearEscrows forgets every escrow; retries stop (E-240).
func (s *Store) ClearEscrows(ctx context.Context) error {
	return s.escrow(ctx, "DELETE FROM escrow")
}

// DropReferences forgets the reference escrows of an object.
func (s *Store) DropReferences(ctx context.Context, num int64, what What) error {
	return s.drop(ctx, "num = ? AND what = ?", num, string(what))
}

// DropOtherReferences forgets the reference escrows of an object except the one for other: a
// user has one manager, so the job no longer waits for an earlier one.
func (s *Store) DropOtherReferences(ctx context.Context, num int64, what What, other int64) error {
	return s.drop(ctx, "num = ? AND what = ? AND other <> ?", num, string(what), other)
}

// References returns the reference escrows of an object.
func (s *Store) References(ctx context.Context, num int64, what What) ([]Escrow, error) {
	if s.none() {
		return nil, nil
	}
	return s.escrows(ctx, "WHERE num = ? AND what = ?", num, string(what))
}

// Due returns the escrows that are due, by number, kind and reference.
func (s *Store) Due(ctx context.Context, now time.Time) ([]Escrow, error) {
	if s.none() {
		return nil, nil
	}
	return s.escrows(ctx, "WHERE due <= ?", now.Unix())
}

// Escrows returns all open escrows.
func (s *Store) Escrows(ctx context.Context) ([]Escrow, error) {
	return s.escrows(ctx, "")
}

func (s *Store) escrows(ctx context.Context, where string, args ...any) ([]Escrow, error) {
	var out []Escrow
	err := s.each(ctx, "SELECT "+escrowColumns+" FROM escrow "+where+" ORDER BY num, what, other", args, func(rows *sql.Rows) error {
		var e Escrow
		var r escrowRow
		if err := rows.Scan(r.dest(&e)...); err != nil {
			return err
		}
		if err := r.read(&e); err != nil {
			return err
		}
		out = append(out, e)
		return nil
	})
	return out, err
}

// EscrowCounts returns the open escrows of objects and of references (A-25: F and R). They
// are counted again only after a change.
func (s *Store) EscrowCounts(ctx context.Context) (objects, references int64, err error) {
	s.mu.Lock()
	known := s.escrowed
	s.mu.Unlock()
	if known.counted {
		return known.objects, known.references, nil
	}
	if _, err = s.row(ctx, "SELECT coalesce(sum(what = 'object'), 0), coalesce(sum(what <> 'object'), 0) FROM escrow", nil, &objects, &references); err != nil {
		return 0, 0, err
	}
	s.mu.Lock()
	s.escrowed = escrowed{counted: true, objects: objects, references: references}
	s.mu.Unlock()
	return objects, references, nil
}

// Expire drops the escrows whose first failure is before the given instant (E-237, A-45) and returns their number.
func (s *Store) Expire(ctx context.Context, before time.Time) (int64, error) {
	if s.none() {
		return 0, nil
	}
	s.mu.Lock()
	s.escrowed.counted = false
	s.mu.Unlock()
	return s.change(ctx, "DELETE FROM escrow WHERE first <= ?", before.Unix())
}
