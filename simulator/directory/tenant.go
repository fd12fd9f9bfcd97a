package directory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// Tenant is one open tenant.db. One goroutine writes; reads may be concurrent.
type Tenant struct {
	db   *sql.DB
	path string
	// unsecured groups give entitlement too.
	unsecured bool

	mu    sync.Mutex
	stmts map[string]*sql.Stmt // prepared, by text
}

// Open opens or creates the file at path.
func Open(ctx context.Context, path string) (*Tenant, error) {
	if err := sqlitefile.Private(path); err != nil {
		return nil, fmt.Errorf("open tenant %s: %w", path, err)
	}
	db, err := sql.Open("sqlite", sqlitefile.DSN(path, "_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(5000)&_pragma=cache_size(-8192)"))
	if err != nil {
		return nil, fmt.Errorf("open tenant %s: %w", path, err)
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	t := &Tenant{db: db, path: path, stmts: map[string]*sql.Stmt{}}
	if err := t.prepare(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open tenant %s: %w", path, sqlitefile.Hinted(err)), db.Close())
	}
	return t, nil
}

// prepare brings the schema of the file up to date.
func (t *Tenant) prepare(ctx context.Context) error {
	conn, err := t.db.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(schema().Prepare(ctx, conn), conn.Close())
}

// Close closes the file.
func (t *Tenant) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var errs []error
	for _, stmt := range t.stmts {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, t.db.Close())...)
}

// stmt is the prepared statement of a text.
func (t *Tenant) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s, ok := t.stmts[text]; ok {
		return s, nil
	}
	s, err := t.db.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	t.stmts[text] = s
	return s, nil
}

// query runs a query. The driver would start a goroutine for each that can be cancelled,
// and none of them takes long.
func (t *Tenant) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := t.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	return rows, nil
}

// row reads the first row of a query and reports whether there is one.
func (t *Tenant) row(ctx context.Context, text string, args []any, dest ...any) (bool, error) {
	ctx = context.WithoutCancel(ctx)
	s, err := t.stmt(ctx, text)
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(ctx, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	return true, nil
}

const columns = "num, kind, id, presence, deleted_at, properties, manager_id, direct + via > 0"

func scan(row interface{ Scan(dest ...any) error }) (*Object, error) {
	var o Object
	var deleted int64
	var properties []byte
	if err := row.Scan(&o.Num, &o.Kind, &o.ID, &o.Presence, &deleted, &properties, &o.ManagerID, &o.Entitled); err != nil {
		return nil, err
	}
	if deleted != 0 {
		o.DeletedAt = time.Unix(deleted, 0).UTC()
	}
	o.Properties = make(map[string]any, 16) // most have so many, and growing costs more than reading
	if err := json.Unmarshal(properties, &o.Properties); err != nil {
		return nil, fmt.Errorf("properties of %s: %w", o.ID, err)
	}
	return &o, nil
}

func (t *Tenant) one(ctx context.Context, where string, arg any) (*Object, error) {
	rows, err := t.query(ctx, "SELECT "+columns+" FROM object WHERE "+where, arg)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err() // an unknown object is an answer, not a failure
	}
	o, err := scan(rows)
	if err != nil {
		return nil, fmt.Errorf("read tenant %s: %w", t.path, err)
	}
	return o, rows.Err()
}

// Get returns the object with a number, or nil.
func (t *Tenant) Get(ctx context.Context, num int64) (*Object, error) {
	return t.one(ctx, "num = ?", num)
}

// ByID returns the object with an id, or nil.
func (t *Tenant) ByID(ctx context.Context, id string) (*Object, error) {
	return t.one(ctx, "id = ?", id)
}

// Num returns the number of the object with an id, 0 when there is none.
func (t *Tenant) Num(ctx context.Context, id string) (int64, error) {
	var num int64
	_, err := t.row(ctx, "SELECT num FROM object WHERE id = ?", []any{id}, &num)
	return num, err
}

// Each calls fn for every object of a kind that is not gone, ordered by id.
// fn may read the tenant.
func (t *Tenant) Each(ctx context.Context, kind Kind, fn func(*Object) error) error {
	rows, err := t.query(ctx, "SELECT "+columns+" FROM object WHERE kind = ? ORDER BY id", kind)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		o, err := scan(rows)
		if err != nil {
			return fmt.Errorf("read tenant %s: %w", t.path, err)
		}
		if err := fn(o); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Entitled reports whether an object is assigned: directly, or as an immediate member of
// an assigned, security-enabled group (E-61 to E-63).
func (t *Tenant) Entitled(ctx context.Context, num int64) (bool, error) {
	var entitled bool
	_, err := t.row(ctx, "SELECT direct + via > 0 FROM object WHERE num = ?", []any{num}, &entitled)
	return entitled, err
}

// EveryoneAssigned reports that the tenant never held an assignment; then everybody counts
// as assigned. Removing the last assignment does not assign everybody.
func (t *Tenant) EveryoneAssigned(ctx context.Context) (bool, error) {
	var assigned bool
	_, err := t.row(ctx, "SELECT EXISTS (SELECT 1 FROM assignment) OR EXISTS (SELECT 1 FROM change WHERE what = 'entitlement')", nil, &assigned)
	return err == nil && !assigned, err
}

// Members returns the numbers of the members of a group, ascending.
func (t *Tenant) Members(ctx context.Context, group int64) ([]int64, error) {
	return t.nums(ctx, "SELECT member_num FROM member WHERE group_num = ? ORDER BY member_num", group)
}

func (t *Tenant) nums(ctx context.Context, query string, args ...any) ([]int64, error) {
	return numbers(t.query(ctx, query, args...))
}

// numbers reads a column of numbers to its end.
func numbers(rows *sql.Rows, err error) ([]int64, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// Count is how many objects Each calls its function for.
func (t *Tenant) Count(ctx context.Context, kind Kind) (n int64, err error) {
	_, err = t.row(ctx, "SELECT count(*) FROM object WHERE kind = ?", []any{kind}, &n)
	return n, err
}

// Counts are the objects that are present.
type Counts struct {
	Users, Groups, Memberships int64
}

// Counts counts what is present.
func (t *Tenant) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := t.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM object WHERE kind = 0 AND presence = 0),
		(SELECT count(*) FROM object WHERE kind = 1 AND presence = 0),
		(SELECT count(*) FROM member)`).Scan(&c.Users, &c.Groups, &c.Memberships)
	return c, err
}
