package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/nearest"
)

// Format is an output format of a report.
type Format struct {
	// Name is its name on the command line.
	Name string
	// File is its file name in the folder of the run.
	File string
	// Write writes a report in this format.
	Write func(io.Writer, *Report) error
}

// Formats returns all formats.
func Formats() []Format {
	return []Format{
		{"json", FileJSON, WriteJSON},
		{"junit", "junit.xml", WriteJUnit},
		{"html", "report.html", WriteHTML},
		{"markdown", "report.md", WriteMarkdown},
		{"text", "report.txt", func(w io.Writer, r *Report) error { return WriteText(w, r, TextOptions{}) }},
	}
}

// WriteDir writes the report into dir in each of the named formats. It creates dir if it does
// not exist. Files are written completely or not at all: if one cannot be written, none is
// replaced.
func WriteDir(dir string, r *Report, formats []string) error {
	chosen, err := choose(formats)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write reports: %w", err)
	}
	var partial []string
	defer func() {
		for _, path := range partial {
			_ = os.Remove(path) // renamed files no longer exist
		}
	}()
	for _, f := range chosen {
		path := filepath.Join(dir, f.File)
		partial = append(partial, path+".partial")
		if err := writeFile(path+".partial", r, f); err != nil {
			return fmt.Errorf("write %s: %w; hint: check the free disk space and the permissions of the folder", path, err)
		}
	}
	for _, f := range chosen {
		path := filepath.Join(dir, f.File)
		if err := os.Rename(path+".partial", path); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	return nil
}

func choose(names []string) ([]Format, error) {
	var chosen []Format
	taken := map[string]bool{}
	for _, name := range names {
		var known []string
		found := false
		for _, f := range Formats() {
			known = append(known, f.Name)
			if f.Name != name {
				continue
			}
			found = true
			if !taken[name] {
				chosen = append(chosen, f)
			}
			taken[name] = true
		}
		if !found {
			return nil, nearest.Unknown("report format", name, known, "")
		}
	}
	return chosen, nil
}

func writeFile(path string, r *Report, f Format) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 64<<10)
	err = f.Write(w, r)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = file.Sync() // some file systems report a full disk only on sync
	}
	return errors.Join(err, file.Close())
}
