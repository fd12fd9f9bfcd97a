package push

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Link is what a client remembers of an object: an app user, or a pushed group.
type Link struct {
	Num      int64
	Kind     directory.Kind
	SourceID string
	Target   string // the id in the target, "" if there is none
	Name     string // userName or displayName as it was sent
	Assigned bool   // the object was wanted when it was looked at last
	Active   bool   // it is there, and active
	// State is a word of the Provider, such as "pending"; "" is the ordinary one.
	State string
	// Sent are the values that were sent, by target path.
	Sent map[string]string
}

const linkColumns = "SELECT num, kind, source_id, target_id, name, assigned, active, state, sent FROM link "

func scanLink(rows *sql.Rows) (l Link, err error) {
	var kind, sent string
	if err = rows.Scan(&l.Num, &kind, &l.SourceID, &l.Target, &l.Name, &l.Assigned, &l.Active, &l.State, &sent); err != nil {
		return l, err
	}
	if kind == directory.Group.String() {
		l.Kind = directory.Group
	}
	return l, json.Unmarshal([]byte(sent), &l.Sent)
}

func (s *Store) links(ctx context.Context, where string, args ...any) (list []Link, err error) {
	err = s.each(ctx, linkColumns+where, args, func(rows *sql.Rows) error {
		l, err := scanLink(rows)
		list = append(list, l)
		return err
	})
	return list, err
}

// Link returns the link of an object; without one, Num is 0.
func (s *Store) Link(ctx context.Context, num int64) (Link, error) {
	list, err := s.links(ctx, "WHERE num = ?", num)
	if len(list) == 0 {
		return Link{}, err
	}
	return list[0], err
}

// Links returns the links of a kind, by source id.
func (s *Store) Links(ctx context.Context, kind directory.Kind) ([]Link, error) {
	return s.links(ctx, "WHERE kind = ? ORDER BY source_id", kind.String())
}

// Owner returns the link with a target id; without one, Num is 0.
func (s *Store) Owner(ctx context.Context, kind directory.Kind, target string) (Link, error) {
	list, err := s.links(ctx, "WHERE kind = ? AND target_id = ? ORDER BY num", kind.String(), target)
	if len(list) == 0 || target == "" {
		return Link{}, err
	}
	return list[0], err
}

// SaveLink writes a link.
func (s *Store) SaveLink(ctx context.Context, l Link) error {
	if l.Sent == nil {
		l.Sent = map[string]string{}
	}
	sent, err := json.Marshal(l.Sent)
	if err != nil {
		return s.failed("write", err)
	}
	return s.change(ctx, "INSERT OR REPLACE INTO link (num, kind, source_id, target_id, name, assigned, active, state, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		l.Num, l.Kind.String(), l.SourceID, l.Target, l.Name, l.Assigned, l.Active, l.State, string(sent))
}

// DropLink forgets a link, and what was sent of its members.
func (s *Store) DropLink(ctx context.Context, num int64) error {
	if err := s.change(ctx, "DELETE FROM member WHERE group_num = ?", num); err != nil {
		return err
	}
	return s.change(ctx, "DELETE FROM link WHERE num = ?", num)
}

// clear forgets all that was sent.
func (s *Store) clear(ctx context.Context) error {
	for _, table := range []string{"link", "member", "task"} {
		if err := s.change(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	return nil
}

// SentMembers are the members of a group that were sent, ascending.
func (s *Store) SentMembers(ctx context.Context, group int64) (list []int64, err error) {
	err = s.each(ctx, "SELECT member_num FROM member WHERE group_num = ? ORDER BY member_num", []any{group}, func(rows *sql.Rows) error {
		var num int64
		err := rows.Scan(&num)
		list = append(list, num)
		return err
	})
	return list, err
}

// GroupsOf are the groups to which a member was sent.
func (s *Store) GroupsOf(ctx context.Context, member int64) (list []int64, err error) {
	err = s.each(ctx, "SELECT group_num FROM member WHERE member_num = ? ORDER BY group_num", []any{member}, func(rows *sql.Rows) error {
		var num int64
		err := rows.Scan(&num)
		list = append(list, num)
		return err
	})
	return list, err
}

// AddMember notes that a member was sent.
func (s *Store) AddMember(ctx context.Context, group, member int64) error {
	return s.change(ctx, "INSERT OR IGNORE INTO member (group_num, member_num) VALUES (?, ?)", group, member)
}

// RemoveMember notes that a member was removed.
func (s *Store) RemoveMember(ctx context.Context, group, member int64) error {
	return s.change(ctx, "DELETE FROM member WHERE group_num = ? AND member_num = ?", group, member)
}
