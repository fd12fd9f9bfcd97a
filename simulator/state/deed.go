package state

import (
	"context"
	"database/sql"
)

// Deleted is an object that the job deleted in the target.
type Deleted struct {
	Kind     string // "User" or "Group"
	TargetID string
	SourceID string
	Name     string // for people
	Again    bool   // a link has the id again
}

// PutManager remembers the target id that was written as the manager of an object.
func (s *Store) PutManager(ctx context.Context, num int64, targetID string) error {
	return s.exec(ctx, "INSERT INTO sent_manager (num, target_id) VALUES (?, ?) ON CONFLICT (num) DO UPDATE SET target_id = excluded.target_id", num, targetID)
}

// Manager is the target id that was last written as the manager of an object; "" is none. It reports
// false if nothing was ever written.
func (s *Store) Manager(ctx context.Context, num int64) (id string, sent bool, err error) {
	sent, err = s.row(ctx, "SELECT target_id FROM sent_manager WHERE num = ?", []any{num}, &id)
	return id, sent, err
}

// PutDeleted remembers that an object was deleted.
func (s *Store) PutDeleted(ctx context.Context, d Deleted) error {
	return s.exec(ctx, "INSERT INTO deleted (kind, target_id, source_id, name) VALUES (?, ?, ?, ?) ON CONFLICT (kind, target_id) DO UPDATE SET source_id = excluded.source_id, name = excluded.name",
		d.Kind, d.TargetID, d.SourceID, d.Name)
}

// DeletedBefore returns who had an id in the target before it was deleted.
func (s *Store) DeletedBefore(ctx context.Context, targetID string) (Deleted, bool, error) {
	d := Deleted{TargetID: targetID}
	ok, err := s.row(ctx, "SELECT kind, source_id, name FROM deleted WHERE target_id = ? LIMIT 1", []any{targetID}, &d.Kind, &d.SourceID, &d.Name)
	return d, ok, err
}

// AllDeleted returns the deleted objects; Again says that a link has the id again.
func (s *Store) AllDeleted(ctx context.Context) (list []Deleted, err error) {
	err = s.each(ctx, `SELECT kind, target_id, source_id, name,
		EXISTS (SELECT 1 FROM link WHERE link.kind = d.kind AND link.target_id = d.target_id) FROM deleted d ORDER BY kind DESC, target_id`, nil,
		func(r *sql.Rows) error {
			var d Deleted
			err := r.Scan(&d.Kind, &d.TargetID, &d.SourceID, &d.Name, &d.Again)
			list = append(list, d)
			return err
		})
	return list, err
}

// ForgetDeeds forgets what was written to another target.
func (s *Store) ForgetDeeds(ctx context.Context) error {
	if err := s.exec(ctx, "DELETE FROM sent_manager"); err != nil {
		return err
	}
	return s.exec(ctx, "DELETE FROM deleted")
}
