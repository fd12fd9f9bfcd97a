// Package wholefile writes files completely or not at all: into a file beside the real one,
// which takes its place by a rename.
//
//	err := wholefile.Write("job.json", 0o644, data)
//
// Neighbours: every package that writes a file that somebody may read meanwhile, or that must
// survive a full disk.
package wholefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// suffix is that of the file beside the real one. A killed run may leave one; the next write
// uses it.
const suffix = ".part"

// Write writes data. An existing file stays as it is unless all is written.
func Write(path string, mode fs.FileMode, data []byte) error {
	return WriteFrom(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// WriteFrom writes what a function writes.
func WriteFrom(path string, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := Create(path, mode)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := write(f); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return f.Commit()
}

// File is a file that is not in its place yet.
type File struct {
	file   *os.File
	path   string
	closed bool
	placed bool
}

// Create opens the file beside the real one. The mode is reduced by the umask. A private file
// is made private before anything is in it, also where a killed run left one.
func Create(path string, mode fs.FileMode) (*File, error) {
	flags := os.O_WRONLY | os.O_TRUNC
	open := func() (*os.File, error) { return os.OpenFile(path+suffix, flags|os.O_CREATE, mode) }
	if mode&0o077 == 0 {
		open = func() (*os.File, error) { return OpenPrivate(path+suffix, flags) }
	}
	file, err := open()
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &File{file: file, path: path}, nil
}

// Write implements io.Writer.
func (f *File) Write(p []byte) (int, error) { return f.file.Write(p) }

// Close ends the writing; the file is not in its place yet.
func (f *File) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	// Some file systems report a full disk only on sync.
	if err := errors.Join(f.file.Sync(), f.file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", f.path, err)
	}
	return nil
}

// Commit closes the file and puts it into its place.
func (f *File) Commit() error {
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.path+suffix, f.path); err != nil {
		return fmt.Errorf("write %s: %w", f.path, err)
	}
	f.placed = true
	return nil
}

// Discard removes a file that was not committed.
func (f *File) Discard() {
	if f.placed {
		return
	}
	if !f.closed {
		f.closed = true
		_ = f.file.Close() // it is removed
	}
	_ = os.Remove(f.path + suffix) // the first error counts
}
