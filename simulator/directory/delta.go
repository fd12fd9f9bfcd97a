package directory

import (
	"context"
	"time"
)

// What a line of the change log is about.
const (
	whatObject      = "object"
	whatEntitlement = "entitlement"
	whatManager     = "manager"
	whatMember      = "member"
	whatRole        = "role" // other app roles, equally entitled
)

// binTime is how long the recycle bin keeps an object (E-40).
const binTime = 30 * 24 * time.Hour

// Latest is the newest sequence number of the change log.
func (t *Tenant) Latest(ctx context.Context) (int64, error) {
	var seq int64
	_, err := t.row(ctx, "SELECT coalesce(max(seq), 0) FROM change", nil, &seq)
	return seq, err
}

// Changed returns the objects of a kind that changed in (after, upTo], ordered by id:
// properties, presence, entitlement, manager, or the member list of a group; if roles
// are asked for, also those that only hold other app roles now (E-145).
func (t *Tenant) Changed(ctx context.Context, after, upTo int64, kind Kind, roles bool) ([]int64, error) {
	if after >= upTo {
		return nil, nil
	}
	// CROSS JOIN keeps the order: from the changes to the objects, never through all objects.
	return t.nums(ctx, `SELECT o.num FROM (SELECT DISTINCT num FROM change WHERE seq > ? AND seq <= ? AND (what <> ? OR ?)) c
		CROSS JOIN object o ON o.num = c.num WHERE o.kind = ? ORDER BY o.id`, after, upTo, whatRole, roles, kind)
}

// MemberChange is a membership that was touched, as it stands now.
type MemberChange struct {
	Num     int64
	Present bool
}

// MemberChanges returns the memberships of a group touched in (after, upTo], by member id.
func (t *Tenant) MemberChanges(ctx context.Context, group, after, upTo int64) ([]MemberChange, error) {
	rows, err := t.query(ctx, `SELECT DISTINCT o.num, o.id, EXISTS (SELECT 1 FROM member WHERE group_num = m.num AND member_num = o.num)
		FROM change m CROSS JOIN object o ON o.num = m.other
		WHERE m.seq > ? AND m.seq <= ? AND m.num = ? AND m.what = 'member' ORDER BY o.id`, after, upTo, group)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []MemberChange
	for rows.Next() {
		var c MemberChange
		var id string
		if err := rows.Scan(&c.Num, &id, &c.Present); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// Purge empties the recycle bin of what lies in it for 30 days and says how many went.
func (t *Tenant) Purge(ctx context.Context, now time.Time) (int, error) {
	nums, err := t.nums(ctx, "SELECT num FROM object INDEXED BY object_bin WHERE presence = 1 AND deleted_at <= ? ORDER BY num", now.Add(-binTime).Unix())
	if err != nil || len(nums) == 0 {
		return 0, err
	}
	return len(nums), t.write(ctx, now, func(w *writer) error {
		for _, n := range nums {
			if err := w.remove(n); err != nil {
				return err
			}
		}
		return nil
	})
}
