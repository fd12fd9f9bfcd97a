package directory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Stats say what a load found.
type Stats struct {
	Users, Groups, Assignments int64
}

// Load reads a tenant file. Into an empty tenant it writes no change log; otherwise what
// differs is logged as changes. The file is taken whole or not at all.
func (t *Tenant) Load(ctx context.Context, r io.Reader, name string, at time.Time) (Stats, error) {
	var stats Stats
	var empty bool
	if err := t.db.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM object)").Scan(&empty); err != nil {
		return stats, fmt.Errorf("load tenant %s: %w", name, err)
	}
	err := t.write(ctx, at, func(w *writer) error {
		w.silent = empty
		var later []Resource
		err := eachLine(r, name, func(source string, _ int, raw []byte) error {
			c, err := parseLine(source, raw, false)
			if err != nil {
				return err
			}
			switch c.Type {
			case "user":
				stats.Users++
			case "group":
				stats.Groups++
			case "appRoleAssignment":
				stats.Assignments++
			}
			if c.isObject() {
				if err := w.object(c.Resource); err != nil {
					return err
				}
				c.Properties = nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if c.isObject() && c.Manager == nil && len(c.Members) == 0 {
				return nil
			}
			// What names an object of a later line is kept and tried again; writing a part of
			// it twice changes nothing.
			err = w.reference(c.Resource)
			if _, early := errors.AsType[*unknownError](err); early {
				later = append(later, c.Resource)
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
		return w.references(later)
	})
	if err != nil {
		return Stats{}, fmt.Errorf("load tenant: %w", err)
	}
	return stats, nil
}

// Apply brings changes into the directory and its change log, in one transaction. applied is how
// many changes of their stream the directory has then.
func (t *Tenant) Apply(ctx context.Context, changes []Change, start time.Time, applied int) error {
	if len(changes) == 0 {
		return nil
	}
	return t.write(ctx, start.Add(changes[len(changes)-1].At), func(w *writer) error {
		for _, c := range changes {
			if c.isObject() {
				if err := w.object(c.Resource); err != nil {
					return err
				}
			}
			if err := w.references([]Resource{c.Resource}); err != nil {
				return err
			}
		}
		return w.applied(applied)
	})
}

// Applied is how many changes of the stream the directory has. The directory keeps it with the
// changes, so that a run that is killed never applies a change twice: the second time might
// undo what the source did since (S1).
func (t *Tenant) Applied(ctx context.Context) (n int, err error) {
	_, err = t.row(ctx, "SELECT applied FROM stream", nil, &n)
	return n, err
}

// BeginStream says that no change of the stream is applied yet.
func (t *Tenant) BeginStream(ctx context.Context, at time.Time) error {
	if n, err := t.Applied(ctx); err != nil || n == 0 {
		return err
	}
	return t.write(ctx, at, func(w *writer) error { return w.applied(0) })
}

func (w *writer) applied(n int) error {
	_, err := w.exec("INSERT INTO stream (one, applied) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET applied = excluded.applied", n)
	return err
}

// isObject tells users and groups from what is said about them.
func (r *Resource) isObject() bool { return r.Type == "user" || r.Type == "group" }

// references resolves managers, members and assignments, once all objects are there.
func (w *writer) references(list []Resource) error {
	var errs []error
	for _, r := range list {
		if err := w.reference(r); err != nil {
			errs = append(errs, err)
		}
		if len(errs) == 10 {
			break
		}
	}
	return errors.Join(errs...)
}
