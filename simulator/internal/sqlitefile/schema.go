package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Schema is the schema of a file and its version.
type Schema struct {
	// What names the kind of file in errors.
	What string
	// Version is the user_version of the file that this program writes.
	Version int
	// Upgrade returns the statements that bring a file of an older version to Version. A file
	// without tables has version 0.
	Upgrade func(ctx context.Context, conn *sql.Conn, have int) (string, error)
}

// Prepare brings the file of a connection to the version of the schema. All statements and the
// new version are one transaction: a process that is killed, or a full disk, leaves the file as
// it was (S1, S3). It rejects a file of a newer version.
func (s Schema) Prepare(ctx context.Context, conn *sql.Conn) error {
	var have int
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return err
	}
	if have > s.Version {
		return fmt.Errorf("the file was written by a newer scimdrill (%s version %d; this one supports %d); hint: use that version or another --state folder", s.What, have, s.Version)
	}
	text, err := s.Upgrade(ctx, conn, have)
	if err != nil || text == "" {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if have != s.Version {
		text += fmt.Sprintf(";PRAGMA user_version = %d", s.Version)
	}
	if _, err = conn.ExecContext(ctx, text); err == nil {
		_, err = conn.ExecContext(ctx, "COMMIT")
	}
	if err == nil {
		return nil
	}
	_, undone := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return errors.Join(fmt.Errorf("%w; hint: check the free disk space", err), undone)
}

// Lacks reports that a table has no column of that name.
func Lacks(ctx context.Context, conn *sql.Conn, table, column string) (bool, error) {
	var n int
	err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pragma_table_info(?) WHERE name = ?", table, column).Scan(&n)
	return n == 0, err
}
