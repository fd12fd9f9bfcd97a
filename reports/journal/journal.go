package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// Journal is an open journal. It is safe for use by several goroutines.
type Journal struct {
	mu   sync.Mutex
	file *os.File
	path string
	last int64
}

// Open opens the journal at path and continues after its last entry. It creates the journal if it
// does not exist.
func Open(path string) (*Journal, error) {
	last, whole, torn, err := scan(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	file, err := wholefile.OpenPrivate(path, os.O_WRONLY|os.O_APPEND)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w; hint: check that the folder exists and is writable", err)
	}
	if torn {
		if err := file.Truncate(whole); err != nil {
			_ = file.Close() // the first error counts
			return nil, fmt.Errorf("remove the incomplete last line of journal %s: %w", path, err)
		}
	}
	return &Journal{file: file, path: path, last: last}, nil
}

// Intent records that o is about to be created. Do not send the request if Intent fails.
func (j *Journal) Intent(o Object) (seq int64, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.write(record{Seq: j.last + 1, Event: eventIntent, Object: o}); err != nil {
		return 0, err
	}
	j.last++
	return j.last, nil
}

// Made records that the object of seq exists with the given id. A later call records another id.
func (j *Journal) Made(seq int64, id string) error {
	return j.result(record{Seq: seq, Event: eventMade, Object: Object{ID: id}})
}

// Named records another value of an attribute that the intent of seq names. cleanup then
// recognizes the object by the new value.
func (j *Journal) Named(seq int64, attribute, value string) error {
	return j.result(record{Seq: seq, Event: eventNamed, Object: Object{Attribute: attribute, Value: value}})
}

// Gone records that the object of seq does not exist: it was removed, or the target rejected
// its creation.
func (j *Journal) Gone(seq int64) error {
	return j.result(record{Seq: seq, Event: eventGone})
}

// Close closes the file. It may be called more than once.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	if err != nil {
		return fmt.Errorf("close journal %s: %w", j.path, err)
	}
	return nil
}

func (j *Journal) result(r record) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if r.Seq <= 0 || r.Seq > j.last {
		return fmt.Errorf("write journal %s: %s of entry %d, which has no intent", j.path, r.Event, r.Seq)
	}
	return j.write(r)
}

// write appends one line. If only part of the line was written, for example on a full disk,
// write removes it, so that the next line starts cleanly.
func (j *Journal) write(r record) error {
	if j.file == nil {
		return fmt.Errorf("write journal %s: %w", j.path, os.ErrClosed)
	}
	line, err := r.line()
	if err != nil {
		return fmt.Errorf("write journal %s: %w", j.path, err)
	}
	n, err := j.file.Write(line)
	if err == nil {
		return nil
	}
	if info, statErr := j.file.Stat(); statErr == nil && n > 0 {
		err = errors.Join(err, j.file.Truncate(info.Size()-int64(n)))
	}
	return fmt.Errorf("write journal %s: %w; hint: check the free disk space", j.path, err)
}
