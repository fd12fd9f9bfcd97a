package inflight

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
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

// beginLine is the line of a write before its request.
func beginLine(seq int64, facts *Facts, entry []byte) []byte {
	line := make([]byte, 0, len(entry)+640)
	line = append(line, `{"seq":`...)
	line = strconv.AppendInt(line, seq, 10)
	line = facts.append(append(line, `,"facts":`...))
	if entry != nil {
		line = append(append(line, `,"entry":`...), entry...)
	}
	return append(line, "}\n"...)
}

// endLine is the line of an outcome.
func endLine(seq int64, o Outcome, id string) []byte {
	line := strconv.AppendInt(append(make([]byte, 0, 96), `{"seq":`...), seq, 10)
	line = append(append(append(line, `,"outcome":"`...), o...), '"')
	if id != "" {
		line, _ = jsontext.AppendQuote(append(line, `,"id":`...), id) // invalid UTF-8 is replaced
	}
	return append(line, "}\n"...)
}

// write decodes the lines of one write.
func (l *lines) write() (Write, error) {
	var w Write
	if err := json.Unmarshal(l.begin, &w); err != nil || l.end == nil {
		return w, err
	}
	return w, json.Unmarshal(l.end, &w)
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
		f.open[head.Seq] = &lines{begin: bytes.Clone(line)}
	case w != nil:
		w.end = bytes.Clone(line)
	}
	return nil
}
