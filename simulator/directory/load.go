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
