package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// AppRole is a role of the application (E-145).
type AppRole struct{ ID, Value, DisplayName string }

// Roles returns the app roles that a user holds, directly or as an immediate member of an
// assigned group, by the time of assignment (E-200). The role Default Access is none.
func (t *Tenant) Roles(ctx context.Context, num int64) ([]AppRole, error) {
	rows, err := t.db.QueryContext(ctx, `SELECT a.role, coalesce(r.value, ''), coalesce(r.name, '')
		FROM assignment a LEFT JOIN app_role r ON r.id = a.role
		WHERE a.role NOT`+isDefault+` AND (a.principal_num = ?1 OR a.principal_num IN
			(SELECT m.group_num FROM member m JOIN object g ON g.num = m.group_num WHERE m.member_num = ?1 AND g.grants = 1))
		GROUP BY a.role ORDER BY min(a.since), a.role`, num)
	if err != nil {
		return nil, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	defer rows.Close()
	var out []AppRole
	for rows.Next() {
		var r AppRole
		if err := rows.Scan(&r.ID, &r.Value, &r.DisplayName); err != nil {
			return nil, fmt.Errorf("read tenant %s: %w", t.path, err)
		}
		out = append(out, r.named())
	}
	return out, rows.Err()
}

// SharedRoleName is the display name that several roles of the application have, "" if none is.
func (t *Tenant) SharedRoleName(ctx context.Context) (string, error) {
	var name string
	err := t.db.QueryRowContext(ctx, "SELECT name FROM app_role WHERE name <> '' GROUP BY name HAVING count(*) > 1 ORDER BY name LIMIT 1").Scan(&name)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	return name, nil
}

// named fills in what the application leaves out: a role without a value goes by its
// name, one that no line defines by its id.
func (r AppRole) named() AppRole {
	if r.DisplayName == "" {
		r.DisplayName = r.Value
	}
	if r.DisplayName == "" {
		r.DisplayName = r.ID
	}
	if r.Value == "" {
		r.Value = r.DisplayName
	}
	return r
}

// appRoles replaces the roles of the application and logs who holds one that changed.
func (w *writer) appRoles(r Resource) error {
	for _, role := range r.AppRoles {
		n, err := w.exec(`INSERT INTO app_role (id, value, name) VALUES (?1, ?2, ?3)
			ON CONFLICT (id) DO UPDATE SET value = ?2, name = ?3 WHERE value <> ?2 OR name <> ?3`, role.ID, role.Value, role.DisplayName)
		if err != nil {
			return fmt.Errorf("%s: appRoles: %w", r.Source, err)
		}
		if n == 0 || w.silent {
			continue
		}
		holders, err := w.nums(`SELECT principal_num FROM assignment WHERE role = ?1 UNION
			SELECT m.member_num FROM member m JOIN assignment a ON a.principal_num = m.group_num WHERE a.role = ?1`, role.ID)
		if err != nil {
			return fmt.Errorf("%s: appRoles: %w", r.Source, err)
		}
		for _, num := range holders {
			if err := w.log(num, whatRole, 0); err != nil {
				return err
			}
		}
	}
	return nil
}
