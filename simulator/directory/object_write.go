package directory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
)

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
		return fmt.Errorf("%s: id: %s is already a %s and cannot become a %s", r.Source, r.ID, have, kind)
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
	if _, err := w.exec("DELETE FROM assignment_id WHERE principal_num = ?", num); err != nil {
		return err
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
