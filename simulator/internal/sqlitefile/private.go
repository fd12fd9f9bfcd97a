package sqlitefile

import "github.com/scimdrill/scimdrill/reports/wholefile"

// Private makes the file of a database one that only its owner may read. SQLite gives the same mode
// to the files that it adds.
func Private(path string) error { return wholefile.MakePrivate(path, path+"-wal", path+"-shm") }
