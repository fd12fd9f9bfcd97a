package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/reports/wholefile"
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
		{"sarif", "report.sarif", WriteSARIF},
		{"codequality", "codequality.json", WriteCodeQuality},
		{"badge", "badge.json", WriteBadge},
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
	if err := wholefile.PrivateDir(dir); err != nil {
		return fmt.Errorf("write reports: %w", err)
	}
	var files []*wholefile.File
	defer func() {
		for _, f := range files {
			f.Discard()
		}
	}()
	for _, format := range chosen {
		f, err := wholefile.Create(filepath.Join(dir, format.File), 0o600)
		if err != nil {
			return fmt.Errorf("%w; hint: check the permissions of the folder", err)
		}
		files = append(files, f)
		if err = writeFile(f, r, format); err == nil {
			err = f.Close()
		}
		if err != nil {
			return fmt.Errorf("write %s: %w; hint: check the free disk space and the permissions of the folder", filepath.Join(dir, format.File), err)
		}
	}
	for _, f := range files {
		if err := f.Commit(); err != nil {
			return err
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

func writeFile(file io.Writer, r *Report, f Format) error {
	w := bufio.NewWriterSize(file, 64<<10)
	return errors.Join(f.Write(w, r), w.Flush())
}
