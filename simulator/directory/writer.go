package directory

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"
)

// writer changes the directory inside one transaction and logs what it changes.
type writer struct {
	ctx    context.Context //nolint:containedctx // lives as long as one transaction
	conn   *sql.Conn
	stmts  map[string]*sql.Stmt
	at     time.Time
	silent bool // no change log
}

// write runs fn in one transaction.
func (t *Tenant) write(ctx context.Context, at time.Time, fn func(*writer) error) error {
	conn, err := t.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("write tenant %s: %w", t.path, err)
	}
	// Statements that cannot be cancelled, on a connection and not in a sql.Tx: the driver and
	// database/sql would start a goroutine for each.
	w := &writer{ctx: context.WithoutCancel(ctx), conn: conn, stmts: map[string]*sql.Stmt{}, at: at}
	defer w.close()
	if _, err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("write tenant %s: %w", t.path, err)
	}
	if err := fn(w); err != nil {
		_, undone := w.exec("ROLLBACK")
		return errors.Join(err, undone)
	}
	if _, err := w.exec("COMMIT"); err != nil {
		_, undone := w.exec("ROLLBACK")
		return errors.Join(fmt.Errorf("write tenant %s: %w; is the disk full?", t.path, err), undone)
	}
	return nil
}

func (w *writer) close() {
	for _, s := range w.stmts {
		_ = s.Close() // nothing of it is needed any more
	}
	_ = w.conn.Close()
}

func (w *writer) stmt(text string) (*sql.Stmt, error) {
	if s, ok := w.stmts[text]; ok {
		return s, nil
	}
	s, err := w.conn.PrepareContext(w.ctx, text)
	if err == nil {
		w.stmts[text] = s
	}
	return s, err
}

// exec runs a statement and says how many rows it changed.
func (w *writer) exec(text string, args ...any) (int64, error) {
	s, err := w.stmt(text)
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (w *writer) query(text string, args []any, dest ...any) (bool, error) {
	s, err := w.stmt(text)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(w.ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (w *writer) nums(text string, args ...any) ([]int64, error) {
	s, err := w.stmt(text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(w.ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

func (w *writer) log(num int64, what string, other int64) error {
	if w.silent {
		return nil
	}
	_, err := w.exec("INSERT INTO change (num, what, other, at) VALUES (?, ?, ?, ?)", num, what, other, w.at.Unix())
	return err
}

// object writes the object's own properties and presence; what is not mentioned stays, null clears.
func (w *writer) object(r Resource) error {
	kind := User
	if r.Type == "group" {
		kind = Group
	}
	var num int64
	var have Kind
	var presence Presence
	var old []byte
	known, err := w.query("SELECT num, kind, presence, properties FROM object WHERE id = ?", []any{r.ID}, &num, &have, &presence, &old)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Source, err)
	}
	if known && have != kind {
		return fmt.Errorf("%s: id: %s is a %s already and cannot be a %s", r.Source, r.ID, have, kind)
	}
	properties := map[string]any{}
	if known {
		if err := json.Unmarshal(old, &properties); err != nil {
			return fmt.Errorf("%s: %w", r.Source, err)
		}
	}
	names := differing(properties, r.Properties)
	maps.Copy(properties, r.Properties)
	maps.DeleteFunc(properties, func(_ string, v any) bool { return v == nil })
	text, err := json.Marshal(properties)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Source, err)
	}
	if !known {
		if r.Removed == "deleted" {
			return nil
		}
		if num, err = w.insert(kind, r.ID, text); err != nil {
			return fmt.Errorf("%s: %w", r.Source, err)
		}
	} else if !bytes.Equal(old, text) {
		if err := w.replace(num, text, names); err != nil {
			return fmt.Errorf("%s: %w", r.Source, err)
		}
	}
	if err := w.presence(num, presence, r.Removed); err != nil {
		return fmt.Errorf("%s: %w", r.Source, err)
	}
	if kind == Group {
		return w.regrant(num, false)
	}
	return nil
}

func (w *writer) insert(kind Kind, id string, properties []byte) (int64, error) {
	s, err := w.stmt("INSERT INTO object (kind, id, properties) VALUES (?, ?, ?)")
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(w.ctx, kind, id, string(properties))
	if err != nil {
		return 0, err
	}
	num, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	return num, w.log(num, whatObject, 0)
}

func (w *writer) replace(num int64, properties []byte, names string) error {
	if _, err := w.exec("UPDATE object SET properties = ? WHERE num = ?", string(properties), num); err != nil || w.silent {
		return err
	}
	_, err := w.exec("INSERT INTO change (num, what, at, names) VALUES (?, ?, ?, ?)", num, whatObject, w.at.Unix(), names)
	return err
}

// presence moves an object to the recycle bin, out of it, or away for good.
func (w *writer) presence(num int64, now Presence, removed string) error {
	switch {
	case removed == "deleted" && now != Deleted:
		return w.remove(num)
	case removed == "changed" && now == Present:
		if _, err := w.exec("UPDATE object SET presence = 1, deleted_at = ? WHERE num = ?", w.at.Unix(), num); err != nil {
			return err
		}
		return w.log(num, whatObject, 0)
	case removed == "" && now != Present:
		if _, err := w.exec("UPDATE object SET presence = 0, deleted_at = 0 WHERE num = ?", num); err != nil {
			return err
		}
		return w.log(num, whatObject, 0)
	}
	return nil
}

// remove takes an object away for good, with its memberships and assignments.
func (w *writer) remove(num int64) error {
	members, err := w.nums("SELECT member_num FROM member WHERE group_num = ?", num)
	if err != nil {
		return err
	}
	groups, err := w.nums("SELECT group_num FROM member WHERE member_num = ?", num)
	if err != nil {
		return err
	}
	for _, m := range members {
		if err := w.member(num, m, false); err != nil {
			return err
		}
	}
	for _, g := range groups {
		if err := w.member(g, num, false); err != nil {
			return err
		}
	}
	if n, err := w.exec("DELETE FROM assignment WHERE principal_num = ?", num); err != nil {
		return err
	} else if n > 0 {
		if err := w.log(num, whatEntitlement, 0); err != nil {
			return err
		}
	}
	if _, err := w.exec("UPDATE object SET presence = 2, direct = 0, grants = 0, deleted_at = ? WHERE num = ?", w.at.Unix(), num); err != nil {
		return err
	}
	return w.log(num, whatObject, 0)
}

// reference writes manager, members or an assignment.
func (w *writer) reference(r Resource) error {
	switch r.Type {
	case "appRoleAssignment":
		return w.assign(r)
	case "servicePrincipal":
		return w.appRoles(r)
	}
	num, err := w.find(r, r.ID)
	if err != nil {
		if r.Removed == "deleted" {
			return nil
		}
		return err
	}
	if r.Manager != nil {
		if err := w.manager(r, num); err != nil {
			return err
		}
	}
	if all, err := w.membersAtOnce(r, num); all || err != nil {
		return err
	}
	for _, m := range r.Members {
		member, err := w.find(r, m.ID)
		if err != nil {
			return err
		}
		if err := w.member(num, member, !m.Removed); err != nil {
			return fmt.Errorf("%s: members@delta: %w", r.Source, err)
		}
	}
	return nil
}

func (w *writer) find(r Resource, id string) (int64, error) {
	var num int64
	ok, err := w.query("SELECT num FROM object WHERE id = ?", []any{id}, &num)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", r.Source, err)
	}
	if !ok {
		return 0, &unknownError{source: r.Source, id: id}
	}
	return num, nil
}

// unknownError is a reference to an object that is not there, or not yet.
type unknownError struct{ source, id string }

// Error names the line.
func (e *unknownError) Error() string {
	return fmt.Sprintf("%s: it names the id %s, and no line gives such a user or group", e.source, e.id)
}

func (w *writer) manager(r Resource, num int64) error {
	if *r.Manager != "" {
		if _, err := w.find(r, *r.Manager); err != nil {
			return err
		}
	}
	n, err := w.exec("UPDATE object SET manager_id = ? WHERE num = ? AND manager_id <> ?", *r.Manager, num, *r.Manager)
	if err != nil || n == 0 {
		return err
	}
	return w.log(num, whatManager, 0)
}

// member adds or removes a membership and keeps the member's entitlement up.
func (w *writer) member(group, member int64, present bool) error {
	text := "INSERT OR IGNORE INTO member (group_num, member_num) VALUES (?, ?)"
	if !present {
		text = "DELETE FROM member WHERE group_num = ? AND member_num = ?"
	}
	n, err := w.exec(text, group, member)
	if err != nil || n == 0 {
		return err
	}
	if err := w.log(group, whatMember, member); err != nil {
		return err
	}
	var grants bool
	if _, err := w.query("SELECT grants FROM object WHERE num = ?", []any{group}, &grants); err != nil || !grants {
		return err
	}
	return w.via(member, present)
}

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
	num, err := w.find(r, r.Principal)
	if err != nil {
		return err
	}
	text, step, args := "INSERT OR IGNORE INTO assignment (principal_num, role, since) VALUES (?, ?, ?)", int64(1), []any{num, r.Role, r.Since}
	if r.Removed != "" {
		text, step, args = "DELETE FROM assignment WHERE principal_num = ? AND role = ?", -1, args[:2]
	}
	n, err := w.exec(text, args...)
	if err != nil || n == 0 {
		return err
	}
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
	grants := direct > 0 && presence == Present && o.SecurityEnabled()
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
