package directory

import (
	"context"
	"fmt"
)

// DefaultAccess is the id of the role that Entra gives where the application has no role
// to choose from (E-66). An assignment that names no role is one of it.
const DefaultAccess = "00000000-0000-0000-0000-000000000000"

const isDefault = " IN ('', '" + DefaultAccess + "')"

// EntitledByRole is Entitled without the role Default Access, as it was before 2020 and as
// retired applications still have it (E-66).
func (t *Tenant) EntitledByRole(ctx context.Context, num int64) (bool, error) {
	var entitled bool
	err := t.db.QueryRowContext(ctx, `SELECT
		EXISTS (SELECT 1 FROM assignment WHERE principal_num = ?1 AND role NOT`+isDefault+`) OR
		EXISTS (SELECT 1 FROM object u JOIN member m ON m.member_num = u.num JOIN object g ON g.num = m.group_num
			JOIN assignment a ON a.principal_num = g.num
			WHERE u.num = ?1 AND u.kind = 0 AND g.grants = 1 AND a.role NOT`+isDefault+`)`, num).Scan(&entitled)
	if err != nil {
		return false, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	return entitled, nil
}

// throughDefault reports whether the role Default Access plays a part in the entitlement
// of an object. Where it does, every other assignment may change who is entitled by role.
func (w *writer) throughDefault(num int64) (bool, error) {
	var yes bool
	_, err := w.query(`SELECT
		EXISTS (SELECT 1 FROM assignment WHERE principal_num = ?1 AND role`+isDefault+`) OR
		EXISTS (SELECT 1 FROM member m JOIN assignment a ON a.principal_num = m.group_num
			WHERE m.member_num = ?1 AND a.role`+isDefault+`)`, []any{num}, &yes)
	return yes, err
}
