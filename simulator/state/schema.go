package state

import (
	"context"
	"database/sql"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// schema is the schema of job.db.
func schema() sqlitefile.Schema {
	return sqlitefile.Schema{What: "state", Version: 6, Upgrade: upgrade}
}

// upgrade returns the statements for a file of an older version.
func upgrade(_ context.Context, _ *sql.Conn, have int) (string, error) {
	switch have {
	case schema().Version:
		return "", nil
	case 1:
		return from1 + from2 + from3 + deeds + later, nil
	case 2:
		return from2 + from3 + deeds + later, nil
	case 3:
		return from3 + deeds + later, nil
	case 4:
		return deeds + later, nil
	case 5:
		return later, nil
	}
	return ddl + deeds + later, nil
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

// deeds is what the job did to the target and needs for no request: the managers that it wrote, and
// the objects that it deleted. Versions up to 4 had it not.
const deeds = `
CREATE TABLE sent_manager (
  num       INTEGER PRIMARY KEY,
  target_id TEXT NOT NULL
);
CREATE TABLE deleted (
  kind      TEXT NOT NULL,
  target_id TEXT NOT NULL,
  source_id TEXT NOT NULL,
  name      TEXT NOT NULL,
  PRIMARY KEY (kind, target_id)
) WITHOUT ROWID;
`

// later is what the next cycle looks at though nothing changed. Versions up to 5 had it not.
const later = `
CREATE TABLE later (
  num INTEGER PRIMARY KEY
);
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
