package inflight

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// File is an open inflight.jsonl. It is safe for use by several goroutines.
type File struct {
	mu   sync.Mutex
	file *os.File
	path string
	size int64
	kept int64 // the size after the last rewrite
	last int64
	// open are the writes that are not settled.
	open map[int64]*place
	// ended are lines of outcomes that wait for the next write to the file. A lost outcome
	// costs a look at the target, so it is not worth a system call.
	ended []byte
}

// place says where the first line of a write stands, and what its outcome is.
type place struct {
	at      int64
	size    int
	outcome Outcome
	id      string
}

// Position says which writes are settled in a committed state: those up to Last that are not Open.
type Position struct {
	Last int64   `json:"last"`
	Open []int64 `json:"open,omitempty"`
}

// settled reports whether the state holds a write.
func (p Position) settled(seq int64) bool { return seq <= p.Last && !slices.Contains(p.Open, seq) }

// Open opens or creates the file at path. Writes that p does not hold are open. An incomplete last
// line is removed: its request was never sent.
func Open(path string, p Position) (*File, error) {
	f := &File{path: path, last: p.Last, open: map[int64]*place{}}
	err := f.read(p)
	if err == nil {
		f.file, err = wholefile.OpenPrivate(path, os.O_RDWR|os.O_APPEND)
	}
	if err != nil {
		return nil, fmt.Errorf("open the writes in flight: %w", err)
	}
	if err := f.file.Truncate(f.size); err != nil {
		return nil, errors.Join(fmt.Errorf("open the writes in flight: %w", err), f.file.Close())
	}
	return f, nil
}

// Unsettled returns the writes that are not settled, oldest first.
func (f *File) Unsettled() ([]Write, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Write
	for _, seq := range slices.Sorted(maps.Keys(f.open)) {
		w, err := f.write(f.open[seq])
		if err != nil {
			return nil, fmt.Errorf("read the writes in flight %s: %w", f.path, err)
		}
		out = append(out, w)
	}
	return out, nil
}

// Begin keeps the facts of a write and the log entry that it will have; nil is none. Do not send the
// request if Begin fails.
func (f *File) Begin(facts *Facts, entry *provlog.Summary) (seq int64, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	waiting := len(f.ended)
	f.ended = appendBegin(f.ended, f.last+1, facts, entry) // one system call for both
	w := &place{at: f.size + int64(waiting), size: len(f.ended) - waiting}
	if err := f.append(f.ended); err != nil {
		f.ended = f.ended[:waiting]
		return 0, err
	}
	f.ended = f.ended[:0]
	f.last++
	f.open[f.last] = w
	return f.last, nil
}

// End keeps the outcome of a write; id is that of a new object.
func (f *File) End(seq int64, o Outcome, id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if w := f.open[seq]; w != nil {
		w.outcome, w.id = o, id
		f.ended = appendEnd(f.ended, seq, o, id)
	}
}

// Settle says that the next commit of the state holds the writes.
func (f *File) Settle(seqs ...int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, seq := range seqs {
		delete(f.open, seq)
	}
}

// Forget settles all writes.
func (f *File) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	clear(f.open)
}

// Position is the position to commit with the state.
func (f *File) Position() Position {
	f.mu.Lock()
	defer f.mu.Unlock()
	return Position{Last: f.last, Open: slices.Sorted(maps.Keys(f.open))}
}

// tooLong is by how much the file grows before it is rewritten although writes are open.
const tooLong = 4 << 20

// Trim removes settled writes from the file. Call it after the commit of the position.
func (f *File) Trim() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.size == 0 || len(f.open) > 0 && f.size-f.kept < tooLong {
		return nil
	}
	f.ended = f.ended[:0]
	err := f.rewrite()
	if err != nil {
		return fmt.Errorf("trim the writes in flight %s: %w; hint: check the free disk space", f.path, err)
	}
	return nil
}

// rewrite keeps what is open. Nothing open is lost if the process is killed meanwhile.
func (f *File) rewrite() error {
	if len(f.open) == 0 {
		f.size, f.kept = 0, 0
		return f.file.Truncate(0)
	}
	var all []byte
	moved := map[int64]*place{}
	for _, seq := range slices.Sorted(maps.Keys(f.open)) {
		w := *f.open[seq]
		line, err := f.line(&w)
		if err != nil {
			return err
		}
		w.at = int64(len(all))
		moved[seq] = &w
		if all = append(all, line...); w.outcome != Unknown {
			all = appendEnd(all, seq, w.outcome, w.id)
		}
	}
	if err := f.file.Close(); err != nil {
		return err
	}
	err := wholefile.Write(f.path, 0o600, all)
	if err == nil {
		f.size, f.kept, f.open = int64(len(all)), int64(len(all)), moved
	}
	var reopened error
	f.file, reopened = wholefile.OpenPrivate(f.path, os.O_RDWR|os.O_APPEND)
	return errors.Join(err, reopened)
}

// Close writes the last outcomes and closes the file.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.append(f.ended)
	f.ended = nil
	return errors.Join(err, f.file.Close())
}

// append writes lines. If only a part was written, as on a full disk, it is removed.
func (f *File) append(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	n, err := f.file.Write(text)
	if err == nil {
		f.size += int64(n)
		return nil
	}
	if n > 0 {
		err = errors.Join(err, f.file.Truncate(f.size))
	}
	return fmt.Errorf("write the writes in flight %s: %w; hint: check the free disk space", f.path, err)
}
