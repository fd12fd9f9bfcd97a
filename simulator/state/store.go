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

// Store is one open job.db. It is safe for concurrent use: calls take turns.
type Store struct {
	mu    sync.Mutex
	db    *sql.DB
	conn  *sql.Conn // the only one
	open  bool      // a transaction is open
	stmts map[string]*sql.Stmt
	path  string
	// lost is set after a write failed: SQLite may have rolled the transaction back, so nothing
	// that comes later may be committed without what came before.
	lost bool
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
		if err = schema().Prepare(ctx, s.conn); err != nil {
			err = errors.Join(err, s.conn.Close())
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open job state %s: %w", path, sqlitefile.Hinted(err)), db.Close())
	}
	if _, _, err := s.EscrowCounts(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Commit makes everything since the last commit durable.
func (s *Store) Commit() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commit()
}

func (s *Store) commit() error {
	switch {
	case s.lost:
		return fmt.Errorf("commit job state %s: %w", s.path, errLost)
	case !s.open:
		return nil
	}
	if err := s.do(s.ctx, "COMMIT"); err != nil {
		s.lost = true
		return fmt.Errorf("commit job state %s: %w", s.path, sqlitefile.Hinted(err))
	}
	s.open = false
	return nil
}

// errLost refuses what comes after a failed write.
var errLost = errors.New("an earlier write failed, so the state stays as it was committed last")

// Undo drops everything since the last commit. The file stays open.
func (s *Store) Undo() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return nil
	}
	s.escrowed.counted = false
	s.byMember.Store(false)
	return s.rollback()
}

// rollback ends the transaction. After a failed write there may be none any more.
func (s *Store) rollback() error {
	err := s.do(s.ctx, "ROLLBACK")
	if s.lost {
		err = nil
	}
	s.open, s.lost = false, false
	return err
}

// Close commits and closes the file.
func (s *Store) Close() error {
	if s.lost { // whoever wrote knows
		return s.Discard()
	}
	return errors.Join(s.Commit(), s.close())
}

// Discard drops what was not committed and closes the file, as a crash would.
func (s *Store) Discard() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.open {
		err = s.rollback()
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
	if s.lost {
		return 0, fmt.Errorf("write job state %s: %w", s.path, errLost)
	}
	ctx = context.WithoutCancel(ctx) // the driver would start a goroutine for each statement that can be cancelled
	stmt, err := s.stmt(ctx, text)
	if err != nil {
		return 0, fmt.Errorf("write job state %s: %w", s.path, sqlitefile.Hinted(err))
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		s.lost = true
		return 0, fmt.Errorf("write job state %s: %w", s.path, sqlitefile.Hinted(err))
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
