package directory

import (
	"fmt"
)

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
