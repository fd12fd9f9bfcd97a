package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// mostHeld is how much is held back until the next announcement.
const mostHeld = 4 << 10

// Ledger is an open ledger. It is safe for use by several goroutines.
type Ledger struct {
	path string

	mu   sync.Mutex
	file *os.File
	held []byte
}

// Create begins a ledger, in the place of an earlier one.
func Create(path string, h Header) (*Ledger, error) {
	line, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	file, err := wholefile.OpenPrivate(path, os.O_WRONLY|os.O_TRUNC)
	if err != nil {
		return nil, err //nolint:wrapcheck // names the file
	}
	l := &Ledger{path: path, file: file, held: append(line, '\n')}
	if err := l.flush(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return l, nil
}

// Continue opens a ledger after its last complete line.
func Continue(path string) (*Ledger, error) {
	whole, err := read(path, func(int, []byte) error { return nil })
	if err != nil {
		return nil, err
	}
	file, err := wholefile.OpenPrivate(path, os.O_WRONLY|os.O_APPEND)
	if err != nil {
		return nil, err //nolint:wrapcheck // names the file
	}
	if err := file.Truncate(whole); err != nil {
		return nil, errors.Join(fmt.Errorf("remove the incomplete last line of %s: %w", path, err), file.Close())
	}
	return &Ledger{path: path, file: file}, nil
}

// Begin notes that a POST or DELETE is about to be sent. Do not send it if Begin fails.
func (l *Ledger) Begin(request int64, tenant int, entry int64) error {
	n := Note{Request: request, Tenant: tenant, Entry: entry}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = n.line(l.held)
	return l.flush()
}

// End notes a response.
func (l *Ledger) End(n *Note) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = n.line(l.held)
	if len(l.held) < mostHeld {
		return nil
	}
	return l.flush()
}

// Close writes what is held back and closes the file.
func (l *Ledger) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return errors.Join(l.flush(), l.file.Close())
}

// flush writes what is held back. A line of which a part was written is the last one: no request follows.
func (l *Ledger) flush() error {
	_, err := l.file.Write(l.held)
	l.held = l.held[:0]
	if err != nil {
		return fmt.Errorf("write %s: %w; hint: check the free disk space", l.path, err)
	}
	return nil
}
