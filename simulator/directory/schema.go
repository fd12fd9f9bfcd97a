package directory

import (
	"context"
	"database/sql"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// schema is the schema of tenant.db.
func schema() sqlitefile.Schema {
	return sqlitefile.Schema{What: "tenant", Version: 3, Upgrade: upgrade}
}

// ddl creates what is missing. Before its first transaction covered it, a process that was killed
// left a file of version 0 with some of the tables, all of them empty.
const ddl = `
CREATE TABLE IF NOT EXISTS object (
  num INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
  presence INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER NOT NULL DEFAULT 0,
  properties TEXT NOT NULL DEFAULT '{}', manager_id TEXT NOT NULL DEFAULT '',
  direct INTEGER NOT NULL DEFAULT 0, via INTEGER NOT NULL DEFAULT 0,
  grants INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS object_kind ON object (kind, id);
CREATE INDEX IF NOT EXISTS object_bin ON object (deleted_at) WHERE presence = 1;
CREATE TABLE IF NOT EXISTS member (group_num INTEGER NOT NULL, member_num INTEGER NOT NULL, PRIMARY KEY (group_num, member_num)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_of ON member (member_num);
CREATE TABLE IF NOT EXISTS assignment (principal_num INTEGER NOT NULL, role TEXT NOT NULL, since TEXT NOT NULL DEFAULT '', PRIMARY KEY (principal_num, role)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS change (seq INTEGER PRIMARY KEY AUTOINCREMENT, num INTEGER NOT NULL, what TEXT NOT NULL, other INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL, names TEXT NOT NULL DEFAULT '');
`

// appRoleDDL came with version 2: the roles of the application (E-145).
const appRoleDDL = `CREATE TABLE IF NOT EXISTS app_role (id TEXT PRIMARY KEY, value TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;`

// indexes were added after the first files were made, and so was the position of the change stream.
const indexes = `
CREATE TABLE IF NOT EXISTS stream (one INTEGER PRIMARY KEY, applied INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS stream_digest (one INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS assignment_id (id TEXT PRIMARY KEY, principal_num INTEGER NOT NULL, role TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS assignment_id_of ON assignment_id (principal_num);
CREATE INDEX IF NOT EXISTS change_entitlement ON change (seq) WHERE what = 'entitlement';
CREATE INDEX IF NOT EXISTS change_num ON change (num, seq);
`

// upgrade returns the statements for a file of an older version. Earlier programs upgraded
// without a transaction, so a column may be there although the version is the old one.
func upgrade(ctx context.Context, conn *sql.Conn, have int) (string, error) {
	if have == schema().Version {
		return indexes, nil
	}
	text := []string{ddl, appRoleDDL}
	if have == 0 {
		return ddl + appRoleDDL + indexes, nil
	}
	for _, added := range []struct{ table, column string }{
		{"assignment", "since"}, // version 2
		{"change", "names"},     // version 3: which properties of an object changed
	} {
		lacks, err := sqlitefile.Lacks(ctx, conn, added.table, added.column)
		if err != nil {
			return "", err
		}
		if lacks {
			text = append(text, "ALTER TABLE "+added.table+" ADD COLUMN "+added.column+" TEXT NOT NULL DEFAULT '';")
		}
	}
	return strings.Join(append(text, indexes), ""), nil
}
