package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// ErrTaken is the error of a file that exists. Nothing was written then.
var ErrTaken = errors.New("exists already")

// Write writes the files below a folder. It never replaces a file, and writes all of them or none.
// No symbolic link leads out of the folder.
func Write(dir string, files []File) (err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	for _, f := range files {
		if _, err := root.Lstat(f.Path); err == nil {
			return fmt.Errorf("%s %w", f.Path, ErrTaken)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	var made []string
	for _, f := range files {
		if err := writeNew(root, f, &made); err != nil {
			for _, name := range made {
				err = errors.Join(err, root.Remove(name))
			}
			return err
		}
	}
	return nil
}

// writeNew writes one file that must not exist. Everybody who can read the repository may read it.
func writeNew(root *os.Root, f File, made *[]string) error {
	if err := root.MkdirAll(path.Dir(f.Path), 0o755); err != nil {
		return err
	}
	file, err := root.OpenFile(f.Path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s %w", f.Path, ErrTaken)
	}
	if err != nil {
		return err
	}
	*made = append(*made, f.Path)
	_, err = file.WriteString(f.Text)
	return errors.Join(err, file.Close())
}
