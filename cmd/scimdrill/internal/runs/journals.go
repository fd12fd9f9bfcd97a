package runs

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// Journal is a journal in the folder of a run, and what it says may still exist.
type Journal struct {
	Path    string
	Target  string // the address of the target; "" if nothing says it
	Entries []journal.Entry
}

// Journals reads all journals in the folder of a run: that of the last run, and those of
// earlier runs that were kept. The latest is last.
func Journals(dir string) ([]Journal, error) {
	paths, err := journal.List(dir, JournalName)
	if err != nil {
		return nil, err
	}
	list := make([]Journal, 0, len(paths))
	for _, path := range paths {
		j := Journal{Path: path}
		if j.Entries, err = journal.Read(path); err != nil {
			return nil, err
		}
		h, known, err := journal.ReadHeader(path)
		if err != nil {
			return nil, fmt.Errorf("read journal: %w", err)
		}
		if j.Target = h.Target; !known {
			if run, err := Read(filepath.Dir(path)); err == nil { // of an older version
				j.Target = engine.Address(run.Target)
			}
		}
		list = append(list, j)
	}
	return list, nil
}

// BeginJournal opens the journal of a run that belongs to no job.
func (r *File) BeginJournal(con *console.Console, dir string) (*journal.Journal, error) {
	j, err := journal.Begin(filepath.Join(dir, JournalName), journal.Header{Target: con.Redact.Text(engine.Address(r.Target)), Run: r.RunID})
	return j, exit.Unwritten(err)
}

// remaining counts what may still exist of all runs in a folder.
func remaining(dir string) int {
	list, err := Journals(dir)
	if err != nil {
		return 1 // cleanup says what is wrong
	}
	n := 0
	for _, j := range list {
		n += len(j.Entries)
	}
	return n
}

// inherit gives the journal that an older version left in the folder its header, while
// run.json says whose it is. That of an embedded target goes: the target is gone too.
func inherit(dir string) error {
	path := filepath.Join(dir, JournalName)
	switch _, known, err := journal.ReadHeader(path); {
	case errors.Is(err, fs.ErrNotExist), known:
		return nil
	case err != nil:
		return exit.Unwritten(err)
	}
	earlier, err := Read(dir)
	switch {
	case err != nil:
		return nil //nolint:nilerr // nothing says whose it is; journal.Begin keeps it
	case earlier.Target == "":
		return exit.Unwritten(RemoveIfThere(path))
	}
	return exit.Unwritten(journal.Stamp(path, journal.Header{Target: engine.Address(earlier.Target), Run: earlier.RunID}))
}
