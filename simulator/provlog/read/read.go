package read

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// File is one file of a log.
type File struct {
	Name string
	Data []byte
}

// Entry is one entry of a log.
type Entry struct {
	provlog.Summary
	// Place is the file, the line and the element.
	Place string
}

// Log is what the files contain.
type Log struct {
	// Entries are sorted by time; entries of one instant stay in the order of the files.
	Entries []Entry
	// Notes say what the files lack, such as further pages.
	Notes []string
}

// maxMistakes is the number of mistakes that are reported at once.
const maxMistakes = 10

// Read reads the files of one log. All mistakes are reported at once, up to ten.
func Read(files []File) (*Log, error) {
	r := &reader{seen: map[string]bool{}, changes: map[string]*Entry{}}
	for _, f := range files {
		r.file(f)
	}
	r.join()
	if err := errors.Join(r.errs...); err != nil {
		return nil, err
	}
	if len(r.entries) == 0 {
		return nil, errors.New("read the log: the files contain no entry; hint: choose a time range in the portal in which the job ran, and download again")
	}
	slices.SortStableFunc(r.entries, func(a, b *Entry) int {
		return time.Time(a.ActivityDateTime).Compare(time.Time(b.ActivityDateTime))
	})
	log := &Log{Notes: r.notes}
	for _, e := range r.entries {
		log.Entries = append(log.Entries, *e)
	}
	return log, nil
}

// reader collects the entries of all files.
type reader struct {
	entries []*Entry
	seen    map[string]bool // ids; pages that overlap give an entry once
	changes map[string]*Entry
	steps   []*saved.Object // rows of other tables of the CSV download
	props   []*saved.Object
	bare    bool // a table of entries without their steps
	notes   []string
	errs    []error
}

func (r *reader) fail(err error) {
	if err == nil || len(r.errs) > maxMistakes {
		return
	}
	if len(r.errs) == maxMistakes {
		err = errors.New("only the first ten mistakes are shown; there may be more")
	}
	r.errs = append(r.errs, err)
}

func (r *reader) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(r.notes, text) {
		r.notes = append(r.notes, text)
	}
}

func (r *reader) file(file File) {
	f, err := saved.Open(file.Name, file.Data)
	if err != nil {
		r.fail(err)
		return
	}
	if f.Blank() {
		r.fail(fmt.Errorf("read %s: the file is empty; hint: repeat the download", file.Name))
		return
	}
	if f.IsTable() {
		r.table(f)
		return
	}
	values, err := f.Values()
	if err != nil {
		r.fail(err)
		return
	}
	for i := range values {
		r.value(values[i])
	}
}

// add keeps an entry.
func (r *reader) add(e *Entry) {
	if e.ID != "" {
		if r.seen[e.ID] {
			r.note("an entry with the same id stands in the files more than once; it is counted once")
			return
		}
		r.seen[e.ID] = true
	}
	r.entries = append(r.entries, e)
	if e.ChangeID != "" {
		r.changes[e.ChangeID] = e
	}
}
