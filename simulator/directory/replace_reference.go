package directory

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
)

// names are the properties that an object has.
func (w *writer) names(id string) ([]string, error) {
	var text []byte
	known, err := w.query("SELECT properties FROM object WHERE id = ?", []any{id}, &text)
	if err != nil || !known {
		return nil, err
	}
	var properties map[string]any
	if err := json.Unmarshal(text, &properties); err != nil {
		return nil, fmt.Errorf("properties of %s: %w", id, err)
	}
	out := make([]string, 0, len(properties))
	for name := range properties {
		out = append(out, name)
	}
	return out, nil
}

// reference writes manager, members and assignments, once all objects are there.
func (p *replacement) reference(ctx context.Context, o *Object) error {
	if o.Presence == Deleted {
		return nil
	}
	r := Resource{Source: p.name, ID: o.ID, Manager: &o.ManagerID}
	num, err := p.w.find(r, o.ID)
	if err != nil {
		return err
	}
	if o.ManagerID != "" || !p.merge {
		if err := p.w.manager(r, num); err != nil {
			return err
		}
	}
	if o.Kind == Group {
		if err := p.members(ctx, o.Num, num); err != nil {
			return err
		}
	}
	return p.assignments(ctx, o, num)
}

// members compares the members of a group.
func (p *replacement) members(ctx context.Context, there, here int64) error {
	wanted, err := p.next.memberIDs(ctx, there)
	if err != nil {
		return err
	}
	keep := make(map[int64]bool, len(wanted))
	for _, id := range wanted {
		num, err := p.w.find(Resource{Source: p.name}, id)
		if err != nil {
			return err
		}
		keep[num] = true
		if err := p.w.member(here, num, true); err != nil {
			return err
		}
	}
	if p.merge {
		return nil
	}
	have, err := p.w.nums("SELECT member_num FROM member WHERE group_num = ? ORDER BY member_num", here)
	if err != nil {
		return err
	}
	for _, num := range have {
		if keep[num] {
			continue
		}
		if err := p.w.member(here, num, false); err != nil {
			return err
		}
	}
	return nil
}

// memberIDs are the ids of the members of a group.
func (t *Tenant) memberIDs(ctx context.Context, group int64) ([]string, error) {
	rows, err := t.query(ctx, "SELECT o.id FROM member m JOIN object o ON o.num = m.member_num WHERE m.group_num = ? ORDER BY o.num", group)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("read members: %w", err)
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// assignments compares the app roles that an object itself holds.
func (p *replacement) assignments(ctx context.Context, o *Object, num int64) error {
	have, err := p.w.roles(num)
	if err != nil {
		return err
	}
	wanted, err := p.next.assignments(ctx, o)
	if err != nil {
		return err
	}
	old, keep := map[string]bool{}, map[string]bool{}
	for _, role := range have {
		old[cmp.Or(role, DefaultAccess)] = true
	}
	for _, r := range wanted {
		role := cmp.Or(r.Role, DefaultAccess)
		keep[role] = true
		if r.Source = p.name; old[role] && r.ID == "" {
			continue
		}
		if err := p.w.assign(r); err != nil {
			return err
		}
	}
	for _, role := range have {
		role = cmp.Or(role, DefaultAccess)
		if keep[role] || p.merge {
			continue
		}
		if err := p.w.withdraw(Resource{Source: p.name, Principal: o.ID, Role: role}); err != nil {
			return err
		}
	}
	return nil
}

// assignments are the lines that give an object its roles; one with several ids has several lines.
func (t *Tenant) assignments(ctx context.Context, o *Object) ([]Resource, error) {
	rows, err := t.query(ctx, `SELECT coalesce(i.id, ''), a.role, a.since FROM assignment a
		LEFT JOIN assignment_id i ON i.principal_num = a.principal_num AND i.role = a.role
		WHERE a.principal_num = ? ORDER BY a.role, i.id`, o.Num)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Resource
	for rows.Next() {
		r := Resource{Type: "appRoleAssignment", Principal: o.ID}
		if err := rows.Scan(&r.ID, &r.Role, &r.Since); err != nil {
			return nil, fmt.Errorf("read assignments: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// roles writes the roles of the application.
func (p *replacement) roles(ctx context.Context) error {
	rows, err := p.next.query(ctx, "SELECT id, value, name FROM app_role ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	r := Resource{Source: p.name}
	for rows.Next() {
		var role AppRole
		if err := rows.Scan(&role.ID, &role.Value, &role.DisplayName); err != nil {
			return fmt.Errorf("read roles: %w", err)
		}
		r.AppRoles = append(r.AppRoles, role)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return p.w.appRoles(r)
}
