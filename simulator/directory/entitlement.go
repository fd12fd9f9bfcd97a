package directory

import (
	"encoding/json"
	"errors"
)

// via counts one granting group more or less for a user, and logs when that changes entitlement.
func (w *writer) via(num int64, more bool) error {
	step := int64(-1)
	if more {
		step = 1
	}
	if _, err := w.exec("UPDATE object SET via = via + ? WHERE num = ? AND kind = 0", step, num); err != nil {
		return err
	}
	return w.entitlement(num, step)
}

func (w *writer) entitlement(num, step int64) error {
	var sum int64
	if _, err := w.query("SELECT direct + via FROM object WHERE num = ?", []any{num}, &sum); err != nil {
		return err
	}
	changed := sum == 0 || sum-step == 0
	if !changed && !w.silent {
		var err error
		if changed, err = w.throughDefault(num); err != nil {
			return err
		}
	}
	if changed {
		return w.log(num, whatEntitlement, 0)
	}
	return w.log(num, whatRole, 0)
}

// assign gives or takes an app role.
func (w *writer) assign(r Resource) error {
	if r.Removed != "" {
		return w.withdraw(r)
	}
	num, err := w.find(r, r.Principal)
	if err != nil {
		return err
	}
	if r.ID != "" {
		if _, err := w.exec("INSERT OR REPLACE INTO assignment_id (id, principal_num, role) VALUES (?, ?, ?)", r.ID, num, r.Role); err != nil {
			return err
		}
	}
	n, err := w.exec("INSERT OR IGNORE INTO assignment (principal_num, role, since) VALUES (?, ?, ?)", num, r.Role, r.Since)
	if err != nil || n == 0 {
		return err
	}
	return w.assigned(num, 1)
}

// assigned keeps up what follows from an assignment that was given or taken.
func (w *writer) assigned(num, step int64) error {
	if _, err := w.exec("UPDATE object SET direct = direct + ? WHERE num = ?", step, num); err != nil {
		return err
	}
	if err := w.entitlement(num, step); err != nil {
		return err
	}
	return w.regrant(num, true)
}

// regrant looks whether a group gives entitlement to its members now: it is assigned,
// present and security-enabled (E-63, A-20). reassigned says that it was asked because of
// an assignment.
func (w *writer) regrant(group int64, reassigned bool) error {
	var kind Kind
	var direct int64
	var presence Presence
	var had bool
	var properties []byte
	ok, err := w.query("SELECT kind, direct, presence, grants, properties FROM object WHERE num = ?", []any{group}, &kind, &direct, &presence, &had, &properties)
	if err != nil || !ok || kind != Group {
		return err
	}
	o := Object{}
	if err := json.Unmarshal(properties, &o.Properties); err != nil {
		return err
	}
	grants := direct > 0 && presence == Present && (w.unsecured || o.SecurityEnabled())
	switch {
	case grants == had && reassigned:
		return w.regrantByRole(group, grants)
	case grants == had:
		return nil
	}
	if _, err := w.exec("UPDATE object SET grants = ? WHERE num = ?", grants, group); err != nil {
		return err
	}
	if w.silent {
		return w.viaAtOnce(group, grants)
	}
	members, err := w.nums("SELECT member_num FROM member WHERE group_num = ?", group)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := w.via(m, grants); err != nil {
			return err
		}
	}
	return nil
}

// regrantByRole logs the members of a group whose assignments changed and whose
// entitlement did not: they have another role, and where Default Access does not count,
// perhaps another entitlement (E-66).
func (w *writer) regrantByRole(group int64, grants bool) error {
	if !grants || w.silent {
		return nil
	}
	what := whatRole
	through, err := w.throughDefault(group)
	if err != nil {
		return err
	}
	if through {
		what = whatEntitlement
	}
	members, err := w.nums("SELECT member_num FROM member WHERE group_num = ?", group)
	for _, m := range members {
		err = errors.Join(err, w.log(m, what, 0))
	}
	return err
}
