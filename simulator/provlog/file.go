package provlog

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// File is provisioning-log.jsonl under construction: one Summary a line.
type File struct {
	f      *os.File
	w      *bufio.Writer
	line   []byte // of the entry that is being written
	path   string
	offset int64
}

// CreateFile opens the log at path, cut to keep bytes: what lies behind was written by a
// run that did not live to commit it.
func CreateFile(path string, keep int64) (*File, error) {
	f, err := wholefile.OpenPrivate(path, os.O_RDWR)
	if err != nil {
		return nil, fmt.Errorf("open provisioning log: %w", err)
	}
	l := &File{f: f, path: path}
	if err := l.cut(keep); err != nil {
		return nil, errors.Join(fmt.Errorf("open provisioning log %s: %w", path, err), f.Close())
	}
	l.w = bufio.NewWriterSize(counting{l}, 1<<16)
	return l, nil
}

func (l *File) cut(keep int64) error {
	info, err := l.f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < keep {
		return fmt.Errorf("the file has %d bytes, but the state of the job expects %d; hint: give the folder that belongs to the state", info.Size(), keep)
	}
	if err := l.f.Truncate(keep); err != nil {
		return err
	}
	l.offset, err = l.f.Seek(keep, io.SeekStart)
	return err
}

type counting struct{ l *File }

func (c counting) Write(p []byte) (int, error) {
	n, err := c.l.f.Write(p)
	c.l.offset += int64(n)
	return n, err
}

// Write appends one entry.
func (l *File) Write(s *Summary) error {
	l.line = s.Append(l.line[:0])
	return l.WriteLine(l.line)
}

// WriteLine appends a line of JSON in another form than Summary's.
func (l *File) WriteLine(line []byte) error {
	if _, err := l.w.Write(outside.JSON(append(line, '\n'))); err != nil {
		return fmt.Errorf("write provisioning log %s: %w", l.path, err)
	}
	return nil
}

// Flush hands everything to the operating system.
func (l *File) Flush() error {
	if err := l.w.Flush(); err != nil {
		return fmt.Errorf("write provisioning log %s: %w; hint: check the free disk space", l.path, err)
	}
	return nil
}

// Offset is the length of the file after the last Flush.
func (l *File) Offset() int64 { return l.offset }

// Path is where the file lies.
func (l *File) Path() string { return l.path }

// Close flushes and closes the file.
func (l *File) Close() error {
	return errors.Join(l.Flush(), l.f.Close())
}
