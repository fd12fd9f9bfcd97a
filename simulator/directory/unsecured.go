package directory

import (
	"context"
	"time"
)

// GrantUnsecured says whether assigned groups that are not security-enabled give entitlement
// to their members: the other side of A-20. The file keeps the setting, because it keeps who is
// entitled; another one than before is a change of every such group.
func (t *Tenant) GrantUnsecured(ctx context.Context, yes bool, at time.Time) error {
	t.unsecured = yes
	var before bool
	if _, err := t.row(ctx, "PRAGMA application_id", nil, &before); err != nil || before == yes {
		return err
	}
	return t.write(ctx, at, func(w *writer) error {
		setting := "PRAGMA application_id = 0"
		if yes {
			setting = "PRAGMA application_id = 1"
		}
		if _, err := w.exec(setting); err != nil {
			return err
		}
		groups, err := w.nums("SELECT num FROM object WHERE kind = 1 AND direct > 0 AND json_extract(properties, '$.securityEnabled') = 0 ORDER BY id")
		if err != nil {
			return err
		}
		for _, group := range groups {
			if err := w.log(group, whatEntitlement, 0); err != nil {
				return err
			}
			if err := w.regrant(group, false); err != nil {
				return err
			}
		}
		return nil
	})
}

// GrantingGroups are the groups that entitle a user; direct says that the user is assigned as well.
func (t *Tenant) GrantingGroups(ctx context.Context, num int64) (groups []int64, direct bool, err error) {
	if _, err := t.row(ctx, "SELECT direct > 0 FROM object WHERE num = ?", []any{num}, &direct); err != nil {
		return nil, false, err
	}
	groups, err = t.nums(ctx, "SELECT g.num FROM member m CROSS JOIN object g ON g.num = m.group_num WHERE m.member_num = ? AND g.grants = 1 ORDER BY g.id", num)
	return groups, direct, err
}
