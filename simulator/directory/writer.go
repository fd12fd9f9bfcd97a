package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// writer changes the directory inside one transaction and logs what it changes.
type writer struct {
	ctx    context.Context //nolint:containedctx // lives as long as one transaction
	conn   *sql.Conn
	stmts  map[string]*sql.Stmt
	at     time.Time
	silent bool // no change log
	// unsecured is the tenant's.
	unsecured bool
}

// write runs fn in one transaction.
func (t *Tenant) write(ctx context.Context, at time.Time, fn func(*writer) error) error {
	conn, err := t.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("write tenant %s: %w", t.path, err)
	}
	// Statements that cannot be cancelled, on a connection and not in a sql.Tx: the driver and
	// database/sql would start a goroutine for each.
	w := &writer{ctx: context.WithoutCancel(ctx), conn: conn, stmts: map[string]*sql.Stmt{}, at: at, unsecured: t.unsecured}
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
		return errors.Join(fmt.Errorf("write tenant %s: %w", t.path, sqlitefile.Hinted(err)), undone)
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
	return numbers(s.QueryContext(w.ctx, args...))
}

func (w *writer) log(num int64, what string, other int64) error {
	if w.silent {
		return nil
	}
	_, err := w.exec("INSERT INTO change (num, what, other, at) VALUES (?, ?, ?, ?)", num, what, other, w.at.Unix())
	return err
}
