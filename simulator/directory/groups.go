package directory

import (
	"context"
	"fmt"
)

// GroupFacts say who is in a group. They are read by a walk through all memberships, for a look at a whole tenant;
// no cycle asks for them.
type GroupFacts struct {
	Num           int64
	Users, Groups int64 // immediate members
}

// EachGroup gives the facts of every group, those without members included.
func (t *Tenant) EachGroup(ctx context.Context, fn func(GroupFacts) error) error {
	rows, err := t.query(ctx, `SELECT g.num, coalesce(sum(o.kind = 0), 0), coalesce(sum(o.kind = 1), 0) FROM object g
		LEFT JOIN member m ON m.group_num = g.num LEFT JOIN object o ON o.num = m.member_num WHERE g.kind = 1 GROUP BY g.num`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f GroupFacts
		if err := rows.Scan(&f.Num, &f.Users, &f.Groups); err != nil {
			return fmt.Errorf("read tenant %s: %w", t.path, err)
		}
		if err := fn(f); err != nil {
			return err
		}
	}
	return rows.Err()
}

// NestedOnly counts the enabled users who are in an assigned group only through another group in it, which gives no
// entitlement (E-62).
func (t *Tenant) NestedOnly(ctx context.Context) (n int64, err error) {
	_, err = t.row(ctx, `WITH RECURSIVE below(num) AS (
			SELECT m.member_num FROM member m JOIN object g ON g.num = m.group_num JOIN object c ON c.num = m.member_num WHERE g.grants = 1 AND c.kind = 1
			UNION SELECT m.member_num FROM below b JOIN member m ON m.group_num = b.num JOIN object c ON c.num = m.member_num WHERE c.kind = 1)
		SELECT count(DISTINCT u.num) FROM below b JOIN member m ON m.group_num = b.num JOIN object u ON u.num = m.member_num
		WHERE u.kind = 0 AND u.presence = 0 AND u.direct + u.via = 0`, nil, &n)
	return n, err
}
