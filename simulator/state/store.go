package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// version is the user_version of the file; a newer one is refused.
const version = 1

// Store is one open job.db. It is safe for concurrent use: calls take turns.
type Store struct {
	mu    sync.Mutex
	db    *sql.DB
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
	path  string
}

// Open opens or creates the file at path.
func Open(ctx context.Context, path string) (*Store, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(2000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)")
	if err != nil {
		return nil, fmt.Errorf("open job state %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db: db, stmts: map[string]*sql.Stmt{}, path: path}
	if err := s.prepareFile(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open job state %s: %w", path, err), db.Close())
	}
	return s, nil
}

func (s *Store) prepareFile(ctx context.Context) error {
	var have int
	if err := s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > version {
		return fmt.Errorf("it was written by a newer scimdrill (state version %d, this one knows %d); use that version, or another --state folder", have, version)
	}
	if have == version {
		return nil
	}
	if _, err := s.db.ExecContext(ctx, ddl); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return err
}

const ddl = `
CREATE TABLE link (
  num       INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  managed   INTEGER NOT NULL
);
CREATE UNIQUE INDEX link_target ON link (kind, target_id);
CREATE TABLE membership (
  group_num  INTEGER NOT NULL,
  member_num INTEGER NOT NULL,
  PRIMARY KEY (group_num, member_num)
) WITHOUT ROWID;
CREATE INDEX membership_member ON membership (member_num);
CREATE TABLE escrow (
  num      INTEGER NOT NULL,
  what     TEXT NOT NULL,
  other    INTEGER NOT NULL,
  code     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  first    INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  PRIMARY KEY (num, what, other)
) WITHOUT ROWID;
CREATE INDEX escrow_due ON escrow (due);
CREATE TABLE record (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
`

// Commit makes everything since the last commit durable.
func (s *Store) Commit() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commit()
}

func (s *Store) commit() error {
	if s.tx == nil {
		return nil
	}
	err := s.tx.Commit()
	s.tx = nil
	if err != nil {
		return fmt.Errorf("commit job state %s: %w; is the disk full?", s.path, err)
	}
	return nil
}

// Close commits and closes the file.
func (s *Store) Close() error {
	errs := []error{s.Commit()}
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.db.Close())...)
}

// Discard drops what was not committed and closes the file, as a crash would.
func (s *Store) Discard() error {
	var errs []error
	if s.tx != nil {
		errs = append(errs, s.tx.Rollback())
		s.tx = nil
	}
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.db.Close())...)
}

// stmt returns the prepared statement for a text, inside the open transaction.
func (s *Store) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	prepared, ok := s.stmts[text]
	if !ok {
		if err := s.commit(); err != nil { // the one connection is taken by the transaction
			return nil, err
		}
		var err error
		if prepared, err = s.db.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
		s.stmts[text] = prepared
	}
	if s.tx == nil {
		// The transaction outlives the call that opened it: Commit ends it, not the caller's context.
		tx, err := s.db.BeginTx(context.WithoutCancel(ctx), nil)
		if err != nil {
			return nil, err
		}
		s.tx = tx
	}
	return s.tx.StmtContext(ctx, prepared), nil
}

func (s *Store) exec(ctx context.Context, text string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt, err := s.stmt(ctx, text)
	if err == nil {
		_, err = stmt.ExecContext(ctx, args...)
	}
	if err != nil {
		return fmt.Errorf("write job state %s: %w", s.path, err)
	}
	return nil
}

// row scans the first row into dest and reports whether there was one.
func (s *Store) row(ctx context.Context, text string, args []any, dest ...any) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt, err := s.stmt(ctx, text)
	if err == nil {
		err = stmt.QueryRowContext(ctx, args...).Scan(dest...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read job state %s: %w", s.path, err)
	}
	return true, nil
}

// each calls scan for every row; scan must not call the store.
func (s *Store) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt, err := s.stmt(ctx, text)
	if err != nil {
		return fmt.Errorf("read job state %s: %w", s.path, err)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("read job state %s: %w", s.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read job state %s: %w", s.path, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read job state %s: %w", s.path, err)
	}
	return nil
}
