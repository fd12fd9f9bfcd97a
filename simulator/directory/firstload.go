package directory

import (
	"encoding/json"
	"fmt"
)

// The first load into an empty tenant logs nothing, so that what it does to the members of a
// group can be done with one statement instead of several for each member.

// membersAtOnce adds all members of a group, if this is the first load, none is removed, and
// the group does not give entitlement yet. It reports false where they have to be taken one
// by one.
func (w *writer) membersAtOnce(r Resource, group int64) (bool, error) {
	if !w.silent || len(r.Members) < 2 {
		return false, nil
	}
	ids := make([]string, len(r.Members))
	for i, m := range r.Members {
		if m.Removed {
			return false, nil
		}
		ids[i] = m.ID
	}
	var grants bool
	if _, err := w.query("SELECT grants FROM object WHERE num = ?", []any{group}, &grants); err != nil || grants {
		return false, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return false, err
	}
	var unknown string
	missing, err := w.query("SELECT j.value FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM object WHERE id = j.value) LIMIT 1", []any{string(list)}, &unknown)
	switch {
	case err != nil:
		return false, fmt.Errorf("%s: members@delta: %w", r.Source, err)
	case missing:
		return false, &unknownError{source: r.Source, id: unknown}
	}
	if _, err := w.exec("INSERT OR IGNORE INTO member (group_num, member_num) SELECT ?, o.num FROM json_each(?) j CROSS JOIN object o ON o.id = j.value", group, string(list)); err != nil {
		return false, fmt.Errorf("%s: members@delta: %w", r.Source, err)
	}
	return true, nil
}

// viaAtOnce counts a group that begins or ceases to give entitlement, for all its members.
// The plus keeps SQLite from walking through all users by their kind.
func (w *writer) viaAtOnce(group int64, more bool) error {
	step := int64(-1)
	if more {
		step = 1
	}
	_, err := w.exec("UPDATE object SET via = via + ? WHERE +kind = 0 AND num IN (SELECT member_num FROM member WHERE group_num = ?)", step, group)
	return err
}
