package push

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// Store is one open client.db: what was sent, and what failed. One goroutine uses it.
type Store struct {
	db   *sql.DB
	conn *sql.Conn
	open bool // a transaction is open
	path string
}

const ddl = `
CREATE TABLE link (
  num       INTEGER PRIMARY KEY,
  kind      TEXT NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  name      TEXT NOT NULL,
  assigned  INTEGER NOT NULL,
  active    INTEGER NOT NULL,
  state     TEXT NOT NULL,
  sent      TEXT NOT NULL
);
CREATE INDEX link_target ON link (kind, target_id);
CREATE TABLE member (
  group_num  INTEGER NOT NULL,
  member_num INTEGER NOT NULL,
  PRIMARY KEY (group_num, member_num)
) WITHOUT ROWID;
CREATE TABLE task (
  num      INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  source_id TEXT NOT NULL,
  name     TEXT NOT NULL,
  text     TEXT NOT NULL,
  status   INTEGER NOT NULL,
  since    INTEGER NOT NULL,
  due      INTEGER NOT NULL,
  wait     INTEGER NOT NULL,
  attempts INTEGER NOT NULL
);
CREATE TABLE record (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
`

// openStore opens or creates the file at path.
func openStore(ctx context.Context, path string) (*Store, error) {
	if err := sqlitefile.Private(path); err != nil {
		return nil, fmt.Errorf("open the client's state %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", sqlitefile.DSN(path, "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(2000)"))
	if err != nil {
		return nil, fmt.Errorf("open the client's state %s: %w", path, err)
	}
	db.SetMaxOpenConns(1)
	s := &Store{db: db, path: path}
	schema := sqlitefile.Schema{What: "client state", Version: 1, Upgrade: func(_ context.Context, _ *sql.Conn, have int) (string, error) {
		if have == 1 {
			return "", nil
		}
		return ddl, nil
	}}
	if s.conn, err = db.Conn(ctx); err == nil {
		err = schema.Prepare(ctx, s.conn)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the client's state %s: %w", path, sqlitefile.Hinted(err)), db.Close())
	}
	return s, nil
}

// change runs a statement that writes, inside the open transaction, which Commit ends.
func (s *Store) change(ctx context.Context, text string, args ...any) error {
	ctx = context.WithoutCancel(ctx)
	if !s.open {
		if _, err := s.conn.ExecContext(ctx, "BEGIN"); err != nil {
			return s.failed("write", err)
		}
		s.open = true
	}
	if _, err := s.conn.ExecContext(ctx, text, args...); err != nil {
		return s.failed("write", err)
	}
	return nil
}

// each calls scan for every row; scan must not call the store.
func (s *Store) each(ctx context.Context, text string, args []any, scan func(*sql.Rows) error) error {
	rows, err := s.conn.QueryContext(context.WithoutCancel(ctx), text, args...)
	if err != nil {
		return s.failed("read", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return s.failed("read", err)
		}
	}
	if err := rows.Err(); err != nil {
		return s.failed("read", err)
	}
	return nil
}

func (s *Store) failed(doing string, err error) error {
	return fmt.Errorf("%s the client's state %s: %w", doing, s.path, sqlitefile.Hinted(err))
}

// Commit makes everything since the last commit durable.
func (s *Store) Commit(ctx context.Context) error {
	if !s.open {
		return nil
	}
	if _, err := s.conn.ExecContext(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		return s.failed("commit", err)
	}
	s.open = false
	return nil
}

// close drops what was not committed, as a crash would, and closes the file.
func (s *Store) close(ctx context.Context) error {
	var err error
	if s.open {
		_, err = s.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	}
	return errors.Join(err, s.conn.Close(), s.db.Close())
}

// Load reads a record into v and reports whether there was one.
func (s *Store) Load(ctx context.Context, key string, v any) (ok bool, err error) {
	err = s.each(ctx, "SELECT value FROM record WHERE key = ?", []any{key}, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		ok = true
		return json.Unmarshal([]byte(text), v)
	})
	return ok, err
}

// Save writes a record.
func (s *Store) Save(ctx context.Context, key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write the client's state %s: %w", s.path, err)
	}
	return s.change(ctx, "INSERT INTO record (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, string(text))
}
