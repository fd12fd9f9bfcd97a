package inflight

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Outcome is what the target said to a write.
type Outcome string

// The outcomes. Unknown is a write without a response, or with one that leaves open what happened.
const (
	Unknown  Outcome = ""
	Done     Outcome = "done"
	Rejected Outcome = "rejected"
)

// Write is one write in flight.
type Write struct {
	Seq     int64           `json:"seq"`
	Facts   Facts           `json:"facts"`
	Entry   json.RawMessage `json:"entry,omitempty"`
	Outcome Outcome         `json:"outcome,omitempty"`
	ID      string          `json:"id,omitempty"`
}

// appendBegin appends the line of a write before its request.
func appendBegin(b []byte, seq int64, facts *Facts, entry *provlog.Summary) []byte {
	from := len(b)
	b = strconv.AppendInt(append(b, `{"seq":`...), seq, 10)
	b = facts.append(append(b, `,"facts":`...))
	if entry != nil {
		b = entry.Append(append(b, `,"entry":`...))
	}
	return visible(append(b, "}\n"...), from)
}

// appendEnd appends the line of an outcome.
func appendEnd(b []byte, seq int64, o Outcome, id string) []byte {
	from := len(b)
	b = strconv.AppendInt(append(b, `{"seq":`...), seq, 10)
	b = append(append(append(b, `,"outcome":"`...), o...), '"')
	return visible(append(appendFilled(b, `,"id":`, id), "}\n"...), from)
}

// visible makes the last line visible, which begins at from. The lines before it are.
func visible(b []byte, from int) []byte { return append(b[:from], outside.JSON(b[from:])...) }

// line reads the first line of a write.
func (f *File) line(w *place) ([]byte, error) {
	line := make([]byte, w.size)
	_, err := f.file.ReadAt(line, w.at)
	return line, err
}

// write decodes one write.
func (f *File) write(w *place) (Write, error) {
	out := Write{}
	line, err := f.line(w)
	if err == nil {
		err = json.Unmarshal(line, &out)
	}
	out.Outcome, out.ID = w.outcome, w.id
	return out, err
}

// read reads the file up to its last complete line and keeps what p does not hold.
func (f *File) read(p Position) (err error) {
	file, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in := bufio.NewReaderSize(file, 64<<10)
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := f.take(line, p); err != nil {
			return fmt.Errorf("%s line %d: %w; hint: restore the file, or start with a new --state folder", f.path, number, err)
		}
		f.size += int64(len(line))
	}
}

// take keeps one line, unless its write is settled.
func (f *File) take(line []byte, p Position) error {
	var head struct {
		Seq     int64
		Outcome Outcome
		ID      string
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return err
	}
	if head.Seq <= 0 {
		return errors.New(`"seq" must be positive`)
	}
	f.last = max(f.last, head.Seq)
	switch w := f.open[head.Seq]; {
	case p.settled(head.Seq):
	case head.Outcome == Unknown:
		f.open[head.Seq] = &place{at: f.size, size: len(line)}
	case w != nil:
		w.outcome, w.id = head.Outcome, head.ID
	}
	return nil
}
