package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Replace reads a tenant file that is the whole truth: what it does not name was removed.
// Users and groups go to the recycle bin; values, members, managers and assignments are gone.
// The differences are logged as changes. since are the changes of the source after the file.
// It says how many users and groups were removed.
func (t *Tenant) Replace(ctx context.Context, r io.Reader, name string, at time.Time, since []Change) (removed int, err error) {
	return t.renew(ctx, r, name, at, since, false)
}

// Merge reads a tenant file that is a part of the truth: what it does not name is kept. since are
// the changes of the source after the file: the file does not undo them.
func (t *Tenant) Merge(ctx context.Context, r io.Reader, name string, at time.Time, since []Change) error {
	_, err := t.renew(ctx, r, name, at, since, true)
	return err
}

// renew makes the directory of a file and of the changes since, and logs how this one differs.
func (t *Tenant) renew(ctx context.Context, r io.Reader, name string, at time.Time, since []Change, merge bool) (removed int, err error) {
	path := t.path + ".next"
	if err := discard(path); err != nil {
		return 0, err
	}
	next, err := Open(ctx, path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, next.Close(), discard(path)) }()
	if _, err := next.Load(ctx, r, name, at); err != nil {
		return 0, err
	}
	if err := next.Apply(ctx, since, at, len(since)); err != nil {
		return 0, err
	}
	err = t.write(ctx, at, func(w *writer) error {
		removed, err = (&replacement{w, next, name, merge}).run(ctx)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("load tenant: %w", err)
	}
	return removed, nil
}

// discard removes the files of a database.
func discard(path string) error {
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("load tenant: %w", err)
		}
	}
	return nil
}

// replacement makes the tenant of w the same as next, or gives it what next has.
type replacement struct {
	w     *writer
	next  *Tenant
	name  string // of the file, for errors
	merge bool   // what next does not name is kept
}

func (p *replacement) run(ctx context.Context) (removed int, err error) {
	if _, err := p.w.exec("CREATE TEMP TABLE kept (num INTEGER PRIMARY KEY)"); err != nil {
		return 0, err
	}
	for _, step := range []func(context.Context, *Object) error{p.object, p.reference} {
		for _, kind := range []Kind{User, Group} {
			if err := p.next.Each(ctx, kind, func(o *Object) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return step(ctx, o)
			}); err != nil {
				return 0, err
			}
		}
	}
	if err := p.roles(ctx); err != nil {
		return 0, err
	}
	removed, err = p.remove()
	_, dropErr := p.w.exec("DROP TABLE kept")
	return removed, errors.Join(err, dropErr)
}

// remove puts what next does not name into the recycle bin.
func (p *replacement) remove() (int, error) {
	if p.merge {
		return 0, nil
	}
	missing, err := p.w.nums("SELECT num FROM object WHERE presence = 0 AND num NOT IN (SELECT num FROM kept) ORDER BY id")
	if err != nil {
		return 0, err
	}
	for _, num := range missing {
		if err := errors.Join(p.w.presence(num, Present, "changed"), p.w.regrant(num, false)); err != nil {
			return 0, err
		}
	}
	return len(missing), nil
}

// object writes properties and presence; a property that the file does not name is cleared, but for a merge.
func (p *replacement) object(_ context.Context, o *Object) error {
	r := Resource{Source: p.name, Type: "user", ID: o.ID, Properties: o.Properties}
	if o.Kind == Group {
		r.Type = "group"
	}
	switch o.Presence {
	case Present:
	case SoftDeleted:
		r.Removed = "changed"
	case Deleted:
		r.Removed = "deleted"
	}
	if !p.merge {
		old, err := p.w.names(o.ID)
		if err != nil {
			return err
		}
		for _, name := range old {
			if _, named := r.Properties[name]; !named {
				r.Properties[name] = nil
			}
		}
	}
	if err := p.w.object(r); err != nil {
		return err
	}
	_, err := p.w.exec("INSERT INTO kept (num) SELECT num FROM object WHERE id = ?", o.ID)
	return err
}
