package directory

import (
	"cmp"
	"fmt"
	"slices"
)

// withdraw takes app roles away. Graph's deletion of an assignment gives its id alone; tenant
// files and change streams give the principal, and mostly the role. Without a role all roles of
// the principal are meant.
func (w *writer) withdraw(r Resource) error {
	num, roles, err := w.withdrawn(r)
	if err != nil {
		return err
	}
	for _, role := range roles {
		if _, err := w.exec("DELETE FROM assignment WHERE principal_num = ? AND role = ?", num, role); err != nil {
			return err
		}
		if _, err := w.exec("DELETE FROM assignment_id WHERE principal_num = ? AND role = ?", num, role); err != nil {
			return err
		}
		if err := w.assigned(num, -1); err != nil {
			return err
		}
	}
	return nil
}

// withdrawn finds the roles that are taken away, and from whom.
func (w *writer) withdrawn(r Resource) (num int64, roles []string, err error) {
	if r.ID != "" {
		var role string
		found, err := w.query("SELECT principal_num, role FROM assignment_id WHERE id = ?", []any{r.ID}, &num, &role)
		if err != nil || found {
			return num, []string{role}, err
		}
	}
	if r.Principal == "" {
		return 0, nil, fmt.Errorf("%s: the tenant has no assignment with the id %s, so none can be removed; hint: add principalId, or give the id where the assignment is made", r.Source, r.ID)
	}
	if num, err = w.find(r, r.Principal); err != nil {
		return 0, nil, err
	}
	var presence Presence
	if _, err = w.query("SELECT presence FROM object WHERE num = ?", []any{num}, &presence); err != nil {
		return 0, nil, err
	}
	if roles, err = w.roles(num); err != nil {
		return 0, nil, err
	}
	if r.Role != "" {
		roles = slices.DeleteFunc(roles, func(role string) bool { return cmp.Or(role, DefaultAccess) != r.Role })
	}
	// A whole line that is repeated changes nothing, and those of a deleted object went with it.
	if len(roles) == 0 && r.Role == "" && presence == Present {
		return 0, nil, fmt.Errorf("%s: %s holds no assignment, so none can be removed; hint: check principalId, or give appRoleId, with which a removal may be repeated", r.Source, r.Principal)
	}
	return num, roles, nil
}

// roles are the roles that an object itself holds.
func (w *writer) roles(num int64) ([]string, error) {
	s, err := w.stmt("SELECT role FROM assignment WHERE principal_num = ? ORDER BY role")
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(w.ctx, num)
	if err != nil {
		return nil, fmt.Errorf("read assignments: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var role string
		if err := rows.Scan(&role); err != nil {
			return nil, fmt.Errorf("read assignments: %w", err)
		}
		out = append(out, role)
	}
	return out, rows.Err()
}
