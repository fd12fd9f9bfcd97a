package state

import (
	"context"
	"database/sql"
)

// PutLater makes the next cycle look at an object, of which a create left something out.
func (s *Store) PutLater(ctx context.Context, num int64) error {
	return s.exec(ctx, "INSERT OR IGNORE INTO later (num) VALUES (?)", num)
}

// DropLater forgets that; an object that is not kept is no error.
func (s *Store) DropLater(ctx context.Context, num int64) error {
	return s.exec(ctx, "DELETE FROM later WHERE num = ?", num)
}

// Later returns the objects that the next cycle looks at though nothing changed, by number.
func (s *Store) Later(ctx context.Context) ([]int64, error) {
	var out []int64
	err := s.each(ctx, "SELECT num FROM later ORDER BY num", nil, func(rows *sql.Rows) error {
		var num int64
		if err := rows.Scan(&num); err != nil {
			return err
		}
		out = append(out, num)
		return nil
	})
	return out, err
}
