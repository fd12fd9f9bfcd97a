package state

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
)

// Link ties a source object to its target object (E-3). It lives until the target
// object is deleted or the connector data store is reset.
type Link struct {
	Num      int64  // the directory's number of the source object
	Kind     string // "User" or "Group"
	SourceID string // sourceAnchor
	TargetID string // targetAnchor, the SCIM id
	// Managed is false after the object left scope and was disabled: a later deletion
	// in the directory is then not provisioned (E-220, A-31, A-35).
	Managed bool
	// Names are the matching values last written to the target, one per line, in lower
	// case: an object that needs one of them waits for this object.
	Names string
	// Shared is set if another source object also has the target object, by option.
	Shared bool
}

// twin sets the links of a shared target object apart: the number of the source object, and 0
// for the one that had it first.
func (l Link) twin() int64 {
	if l.Shared {
		return l.Num
	}
	return 0
}

// Link returns the link of a source object.
func (s *Store) Link(ctx context.Context, num int64) (Link, bool, error) {
	l := Link{Num: num}
	ok, err := s.row(ctx, "SELECT kind, source_id, target_id, managed, names, twin <> 0 FROM link WHERE num = ?", []any{num},
		&l.Kind, &l.SourceID, &l.TargetID, &l.Managed, &l.Names, &l.Shared)
	return l, ok, err
}

// HasLinks reports whether an object of a kind is linked.
func (s *Store) HasLinks(ctx context.Context, kind string) (bool, error) {
	var one int
	return s.row(ctx, "SELECT 1 FROM link WHERE kind = ? LIMIT 1", []any{kind}, &one)
}

// LinksOf returns the links of source objects by their numbers.
func (s *Store) LinksOf(ctx context.Context, nums []int64) (map[int64]Link, error) {
	out := make(map[int64]Link, len(nums))
	if len(nums) == 0 {
		return out, nil
	}
	err := s.each(ctx, "SELECT num, kind, source_id, target_id, managed FROM link WHERE num IN (SELECT value FROM json_each(?))", []any{list(nums)}, func(r *sql.Rows) error {
		var l Link
		if err := r.Scan(&l.Num, &l.Kind, &l.SourceID, &l.TargetID, &l.Managed); err != nil {
			return err
		}
		out[l.Num] = l
		return nil
	})
	return out, err
}

// list writes numbers as the JSON list that json_each takes.
func list(nums []int64) string {
	b := make([]byte, 0, 8*len(nums)+2)
	b = append(b, '[')
	for i, n := range nums {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}

// Owner returns the source object that is linked to a target object; of several, the first.
func (s *Store) Owner(ctx context.Context, kind, targetID string) (int64, bool, error) {
	var num int64
	ok, err := s.row(ctx, "SELECT num FROM link WHERE kind = ? AND target_id = ? ORDER BY twin LIMIT 1", []any{kind, targetID}, &num)
	return num, ok, err
}

// ErrTaken says that a target object is linked to another source object.
var ErrTaken = errors.New("the target object is linked to another source object")

// PutLink makes or replaces a link. The error is ErrTaken when another source object has
// the target object and the link must not share it; then nothing changes.
func (s *Store) PutLink(ctx context.Context, l Link) error {
	n, err := s.change(ctx, `INSERT INTO link (num, kind, source_id, target_id, managed, names, twin) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (num) DO UPDATE SET target_id = excluded.target_id, managed = excluded.managed, names = excluded.names, twin = excluded.twin
			WHERE NOT EXISTS (SELECT 1 FROM link WHERE kind = excluded.kind AND target_id = excluded.target_id AND twin = excluded.twin AND num <> excluded.num)
		ON CONFLICT (kind, target_id, twin) DO NOTHING`,
		l.Num, l.Kind, l.SourceID, l.TargetID, l.Managed, l.Names, l.twin())
	if err == nil && n == 0 {
		return ErrTaken
	}
	return err
}

// DropLink forgets a link, the memberships written for it, on either side, and its manager.
func (s *Store) DropLink(ctx context.Context, num int64) error {
	if err := s.indexMembers(ctx); err != nil {
		return err
	}
	for _, text := range []string{
		"DELETE FROM link WHERE num = ?",
		"DELETE FROM membership WHERE group_num = ?",
		"DELETE FROM membership WHERE member_num = ?",
		"DELETE FROM sent_manager WHERE num = ?",
	} {
		if err := s.exec(ctx, text, num); err != nil {
			return err
		}
	}
	return nil
}

// indexMembers makes the index of memberships by member on first use. To keep
// it during an initial cycle, which only adds memberships, costs several times as much.
func (s *Store) indexMembers(ctx context.Context) error {
	if s.byMember.Load() {
		return nil
	}
	err := s.exec(ctx, "CREATE INDEX IF NOT EXISTS membership_member ON membership (member_num)")
	s.byMember.Store(err == nil)
	return err
}

// ClearLinks empties the connector data store: links and written memberships (E-269).
func (s *Store) ClearLinks(ctx context.Context) error {
	if err := s.exec(ctx, "DELETE FROM membership"); err != nil {
		return err
	}
	return s.exec(ctx, "DELETE FROM link")
}

// Links counts the links of a kind.
func (s *Store) Links(ctx context.Context, kind string) (int64, error) {
	var n int64
	_, err := s.row(ctx, "SELECT count(*) FROM link WHERE kind = ?", []any{kind}, &n)
	return n, err
}

// Members returns the numbers of the members written to a group, ascending. The
// service never reads members back (E-292), so it has no other source.
func (s *Store) Members(ctx context.Context, group int64) ([]int64, error) {
	var out []int64
	err := s.each(ctx, "SELECT member_num FROM membership WHERE group_num = ? ORDER BY member_num", []any{group}, func(r *sql.Rows) error {
		var n int64
		if err := r.Scan(&n); err != nil {
			return err
		}
		out = append(out, n)
		return nil
	})
	return out, err
}

// Doubt marks the memberships of an object as written but possibly lost.
func (s *Store) Doubt(ctx context.Context, member int64) error {
	if err := s.indexMembers(ctx); err != nil {
		return err
	}
	return s.exec(ctx, "UPDATE membership SET doubt = 1 WHERE member_num = ?", member)
}

// Doubtful returns the members of a group whose memberships are marked by Doubt.
func (s *Store) Doubtful(ctx context.Context, group int64) ([]int64, error) {
	var out []int64
	err := s.each(ctx, "SELECT member_num FROM membership WHERE group_num = ? AND doubt = 1", []any{group}, func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		out = append(out, n)
		return err
	})
	return out, err
}

// HasMember reports whether a membership was written.
func (s *Store) HasMember(ctx context.Context, group, member int64) (bool, error) {
	var one int
	return s.row(ctx, "SELECT 1 FROM membership WHERE group_num = ? AND member_num = ?", []any{group, member}, &one)
}

// PutMembers remembers written memberships of a group.
func (s *Store) PutMembers(ctx context.Context, group int64, members []int64) error {
	switch len(members) {
	case 0:
		return nil
	case 1: // a PATCH mostly has one
		return s.exec(ctx, "INSERT INTO membership (group_num, member_num) VALUES (?, ?) ON CONFLICT DO UPDATE SET doubt = 0", group, members[0])
	}
	return s.exec(ctx, "INSERT INTO membership (group_num, member_num) SELECT ?, value FROM json_each(?) WHERE true ON CONFLICT DO UPDATE SET doubt = 0", group, list(members))
}

// DropMembers forgets removed memberships of a group.
func (s *Store) DropMembers(ctx context.Context, group int64, members []int64) error {
	if len(members) == 0 {
		return nil
	}
	return s.exec(ctx, "DELETE FROM membership WHERE group_num = ? AND member_num IN (SELECT value FROM json_each(?))", group, list(members))
}
