package worlds_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// snapshot is what target and job hold, read from outside: the target over HTTP, job.db by SQL.
type snapshot struct {
	users, groups map[string]line     // of the target, by id
	links         map[string]link     // by the id in the source
	owner         map[string]string   // source id by target id
	shared        map[string][]string // source ids by target id, where there are several
	escrows       []escrowed          // open ones
	nums          map[int64]string    // source ids
}

type link struct {
	target  string
	managed bool
}

type escrowed struct{ id, what, other, code, why string }

func (l *life) snapshot() (*snapshot, error) {
	s := &snapshot{
		users: map[string]line{}, groups: map[string]line{}, links: map[string]link{}, owner: map[string]string{}, shared: map[string][]string{},
		nums: map[int64]string{},
	}
	for collection, into := range map[string]map[string]line{"Users": s.users, "Groups": s.groups} {
		list, err := l.door.list(collection)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			into[text(r["id"])] = r
		}
	}
	l.door.take()
	if err := s.numbers(l); err != nil {
		return nil, err
	}
	return s, s.job(l)
}

// numbers reads which numbers the directory gave to ids.
func (s *snapshot) numbers(l *life) error {
	ctx := context.Background()
	t, err := directory.Open(ctx, filepath.Join(l.cfg.State, "tenant.db"))
	if err != nil {
		return err
	}
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		if err := t.Each(ctx, kind, func(o *directory.Object) error { s.nums[o.Num] = o.ID; return nil }); err != nil {
			return err
		}
	}
	return t.Close()
}

func (s *snapshot) job(l *life) error {
	rows, err := l.db.QueryContext(context.Background(), "SELECT source_id, target_id, managed FROM link")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var k link
		if err := rows.Scan(&id, &k.target, &k.managed); err != nil {
			return err
		}
		if other := s.owner[k.target]; other != "" {
			if l.w.Set["duplicateSources"] != "link" {
				l.problem("twice", "%s and %s are linked to the same %s", id, other, k.target)
			}
			s.shared[k.target] = append(s.shared[k.target], other, id)
		}
		s.links[id], s.owner[k.target] = k, id
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return s.escrow(l)
}

func (s *snapshot) escrow(l *life) error {
	rows, err := l.db.QueryContext(context.Background(), "SELECT num, what, other, code, why FROM escrow ORDER BY num, what, other")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var num, other int64
		var e escrowed
		if err := rows.Scan(&num, &e.what, &other, &e.code, &e.why); err != nil {
			return err
		}
		e.id, e.other = s.nums[num], s.nums[other]
		s.escrows = append(s.escrows, e)
	}
	return rows.Err()
}

// target is the object that a thing of the source is linked to.
func (s *snapshot) target(t *thing) (line, bool) {
	k, ok := s.links[t.id]
	if !ok {
		return nil, false
	}
	of := s.users
	if t.group {
		of = s.groups
	}
	o, ok := of[k.target]
	return o, ok
}

// at is the value at a path such as name.givenName.
func at(o line, path string) string {
	var v any = map[string]any(o)
	for part := range strings.SplitSeq(path, ".") {
		m, _ := v.(map[string]any)
		v = m[part]
	}
	return text(v)
}

const enterpriseUser = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

// managerOf is the target id of a user's manager.
func managerOf(o line) string {
	e, _ := o[enterpriseUser].(map[string]any)
	m, _ := e["manager"].(map[string]any)
	return text(m["value"])
}

func membersOf(o line) []string {
	var out []string
	list, _ := o["members"].([]any)
	for _, v := range list {
		m, _ := v.(map[string]any)
		out = append(out, text(m["value"]))
	}
	slices.Sort(out)
	return out
}
