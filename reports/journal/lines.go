package journal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
)

// maxLine is the maximum length of a line, for reading and for writing. A longer or endless line,
// as from a device, is not from a journal.
const maxLine = 16 << 20

var errLong = fmt.Errorf("the line is longer than %d MiB, the limit of a journal", maxLine>>20)

// errSecond is the error of two journals in one file, whose numbers would be mixed up.
var errSecond = errors.New("another journal begins here")

// lines calls fn for every complete line of the file at path, without its line feed. It reads one
// line at a time, because a journal can be larger than memory. The line is valid until fn returns.
// whole is the length of all complete lines. torn reports an incomplete last line, which is
// skipped.
func lines(path string, fn func(number int, line []byte) error) (whole int64, torn bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := bufio.NewScanner(f)
	in.Buffer(make([]byte, 0, 64<<10), maxLine)
	in.Split(splitAfter)
	number := 1
	for ; in.Scan(); number++ {
		line, ended := bytes.CutSuffix(in.Bytes(), []byte("\n"))
		if !ended {
			return whole, true, nil
		}
		if err := fn(number, line); err != nil {
			return 0, false, damaged(path, number, err)
		}
		whole += int64(len(line)) + 1
	}
	err = in.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = damaged(path, number, errLong)
	}
	return whole, false, err
}

// splitAfter splits after each line feed and keeps it. At the end, it returns the rest.
func splitAfter(data []byte, atEOF bool) (advance int, token []byte, err error) {
	n := bytes.IndexByte(data, '\n') + 1
	if n == 0 && atEOF {
		n = len(data)
	}
	if n == 0 {
		return 0, nil, nil // more data is needed, or there is none
	}
	return n, data[:n:n], nil
}

// scan returns the last sequence number and the end of the last complete line. It does not decode
// lines in the usual form, because a journal can be long.
func scan(path string) (last, whole int64, torn bool, err error) {
	whole, torn, err = lines(path, func(number int, line []byte) error {
		seq, ok := written(line)
		if !ok {
			r, err := parseRecord(line)
			if err != nil {
				return err
			}
			if r.Event == eventHeader && number > 1 {
				return errSecond
			}
			seq = r.Seq
		}
		last = max(last, seq)
		return nil
	})
	return last, whole, torn, err
}

func damaged(path string, number int, err error) error {
	return fmt.Errorf("read journal %s line %d: %w; hint: restore the file, or delete the damaged line and remove its object by hand",
		path, number, err)
}
