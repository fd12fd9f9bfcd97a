package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// version is the user_version of the file; a newer one is refused.
const version = 4

// Store is one open job.db. It is safe for concurrent use: calls take turns.
type Store struct {
	mu    sync.Mutex
	db    *sql.DB
	conn  *sql.Conn // the only one
	open  bool      // a transaction is open
	stmts map[string]*sql.Stmt
	path  string
	// ctx is that of Open and never ends: the driver starts a goroutine for each statement
	// that can be cancelled, and none of them takes long.
	ctx context.Context //nolint:containedctx // see above

	escrowed escrowed
	// byMember says that memberships have their index by member.
	byMember atomic.Bool
}

// Open opens or creates the file at path.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := sqlitefile.Private(path); err != nil {
		return nil, fmt.Errorf("open job state %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", sqlitefile.DSN(path, "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(2000)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-65536)"))
	if err != nil {
		return nil, fmt.Errorf("open job state %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db: db, stmts: map[string]*sql.Stmt{}, path: path, ctx: context.WithoutCancel(ctx)}
	if s.conn, err = db.Conn(ctx); err == nil {
		err = s.prepareFile(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open job state %s: %w", path, err), db.Close())
	}
	if _, _, err := s.EscrowCounts(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) prepareFile(ctx context.Context) error {
	var have int
	if err := s.conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > version {
		return fmt.Errorf("the file was written by a newer scimdrill (state version %d; this one supports %d); hint: use that version or another --state folder", have, version)
	}
	if have == version {
		return nil
	}
	text := ddl
	switch have {
	case 1:
		text = from1 + from2 + from3
	case 2:
		text = from2 + from3
	case 3:
		text = from3
	}
	// In one transaction, for a file that was brought half the way could not be read again.
	_, err := s.conn.ExecContext(ctx, fmt.Sprintf("BEGIN;%sPRAGMA user_version = %d;COMMIT", text, version))
	return err
}

// from1 adds what version 1 had not.
const from1 = `
ALTER TABLE link ADD COLUMN names TEXT NOT NULL DEFAULT '';
ALTER TABLE membership ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0;
`

// from2 adds what version 2 had not: links that share a target object.
const from2 = `
ALTER TABLE link ADD COLUMN twin INTEGER NOT NULL DEFAULT 0;
DROP INDEX link_target;
CREATE UNIQUE INDEX link_target ON link (kind, target_id, twin);
`

// from3 turns the sentences of escrows into facts, as far as version 3 kept them apart.
const from3 = `
ALTER TABLE escrow ADD COLUMN why TEXT NOT NULL DEFAULT 'recorded';
ALTER TABLE escrow ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE escrow ADD COLUMN about TEXT NOT NULL DEFAULT '{}';
ALTER TABLE escrow ADD COLUMN body TEXT NOT NULL DEFAULT '';
UPDATE escrow SET body = substr(reason, instr(reason, ' Web Response: ') + 15),
  reason = substr(reason, 1, instr(reason, ' Web Response: ') - 1)
  WHERE instr(reason, ' Web Response: ') > 0;
UPDATE escrow SET about = json_object('detail', reason);
ALTER TABLE escrow DROP COLUMN reason;
`

const ddl = `
CREATE TABLE link (
  num       INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  managed   INTEGER NOT NULL,
  names     TEXT NOT NULL DEFAULT '',
  twin      INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX link_target ON link (kind, target_id, twin);
CREATE TABLE membership (
  group_num  INTEGER NOT NULL,
  member_num INTEGER NOT NULL,
  doubt      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (group_num, member_num)
) WITHOUT ROWID;
CREATE TABLE escrow (
  num      INTEGER NOT NULL,
  what     TEXT NOT NULL,
  other    INTEGER NOT NULL,
  code     TEXT NOT NULL,
  why      TEXT NOT NULL,
  status   INTEGER NOT NULL,
  about    TEXT NOT NULL,
  body     TEXT NOT NULL,
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
	if !s.open {
		return nil
	}
	if err := s.do(s.ctx, "COMMIT"); err != nil {
		return fmt.Errorf("commit job state %s: %w; hint: check the free disk space", s.path, err)
	}
	s.open = false
	return nil
}

// Close commits and closes the file.
func (s *Store) Close() error {
	return errors.Join(s.Commit(), s.close())
}

// Discard drops what was not committed and closes the file, as a crash would.
func (s *Store) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.open {
		err = s.do(s.ctx, "ROLLBACK")
		s.open = false
	}
	return errors.Join(err, s.close())
}

func (s *Store) close() error {
	var errs []error
	for _, stmt := range s.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, s.conn.Close(), s.db.Close())...)
}

// prepared returns the prepared statement of a text.
func (s *Store) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	stmt, ok := s.stmts[text]
	if !ok {
		var err error
		if stmt, err = s.conn.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
		s.stmts[text] = stmt
	}
	return stmt, nil
}

// do runs a statement without arguments.
func (s *Store) do(ctx context.Context, text string) error {
	stmt, err := s.prepared(ctx, text)
	if err == nil {
		_, err = stmt.ExecContext(ctx)
	}
	return err
}

// stmt returns the prepared statement for a text, inside the open transaction, which
// Commit ends. It begins and ends with a statement of its own: database/sql would start a
// goroutine for every query of a sql.Tx.
func (s *Store) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if !s.open {
		if err := s.do(ctx, "BEGIN"); err != nil {
			return nil, err
		}
		s.open = true
	}
	return s.prepared(ctx, text)
}

// change runs a statement that writes and says how many rows it changed.
func (s *Store) change(ctx context.Context, text string, args ...any) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx = context.WithoutCancel(ctx) // the driver would start a goroutine for each statement that can be cancelled
	stmt, err := s.stmt(ctx, text)
	if err != nil {
		return 0, fmt.Errorf("write job state %s: %w", s.path, err)
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, fmt.Errorf("write job state %s: %w", s.path, err)
	}
	return res.RowsAffected()
}

func (s *Store) exec(ctx context.Context, text string, args ...any) error {
	_, err := s.change(ctx, text, args...)
	return err
}

// row scans the first row into dest and reports whether there was one.
func (s *Store) row(ctx context.Context, text string, args []any, dest ...any) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx = context.WithoutCancel(ctx)
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
	ctx = context.WithoutCancel(ctx)
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
