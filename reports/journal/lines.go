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

// lines calls fn for every whole line of the file at path, without its end, and holds one
// of them at a time: a journal can be longer than memory. The line is valid until fn
// returns. whole is the length of the part that ends with the last whole line; a last
// line that was not written to its end is left out, and torn tells of it.
func lines(path string, fn func(line []byte) error) (whole int64, torn bool, err error) {
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
		if err := fn(line); err != nil {
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

// splitAfter splits after each line feed, which stays; at the end it gives what is left.
func splitAfter(data []byte, atEOF bool) (advance int, token []byte, err error) {
	n := bytes.IndexByte(data, '\n') + 1
	if n == 0 && atEOF {
		n = len(data)
	}
	if n == 0 {
		return 0, nil, nil // more is needed, or there is no more
	}
	return n, data[:n:n], nil
}

// scan finds the last number and where the last whole line ends. A journal that is opened
// again can be long, and lines in the form in which they are written are not decoded.
func scan(path string) (last, whole int64, torn bool, err error) {
	whole, torn, err = lines(path, func(line []byte) error {
		seq, ok := written(line)
		if !ok {
			r, err := parseRecord(line)
			if err != nil {
				return err
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
