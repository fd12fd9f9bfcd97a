package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// Name is the file in the folder of a replay.
const Name = "replay-ledger.jsonl"

// mostLine is the longest line.
const mostLine = 1 << 20

// ReadHeader reads the first line of the ledger at path.
func ReadHeader(path string) (h Header, err error) {
	_, err = read(path, func(number int, line []byte) error {
		if err := parse(line, &h); err != nil {
			return err
		}
		return io.EOF // the rest does not matter
	})
	if errors.Is(err, io.EOF) {
		return h, nil
	}
	if err == nil {
		err = fmt.Errorf("read %s: it is empty", path)
	}
	return h, err
}

// Read calls fn for each note of the ledger at path, in the order in which they were written. An incomplete last
// line is ignored.
func Read(path string, fn func(Note) error) error {
	_, err := read(path, func(number int, line []byte) error {
		if number == 1 {
			return nil // the header
		}
		var n Note
		if err := parse(line, &n); err != nil {
			return err
		}
		if n.Request < 1 || n.Tenant < 0 {
			return errors.New("the number of the request or tenant is not one")
		}
		return fn(n)
	})
	return err
}

// read calls fn for each complete line, and gives the length of all of them.
func read(path string, fn func(number int, line []byte) error) (whole int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err //nolint:wrapcheck // names the file
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := bufio.NewReaderSize(f, 1<<16)
	var line []byte
	for number := 1; ; {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(line) < mostLine:
			continue
		case errors.Is(err, io.EOF):
			return whole, nil
		case err != nil:
			return whole, fmt.Errorf("read %s line %d: %w", path, number, err)
		}
		if err := fn(number, bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			if errors.Is(err, io.EOF) {
				return whole, err
			}
			return whole, fmt.Errorf("read %s line %d: %w; hint: the file is damaged", path, number, err)
		}
		whole += int64(len(line))
		line = line[:0]
		number++
	}
}
