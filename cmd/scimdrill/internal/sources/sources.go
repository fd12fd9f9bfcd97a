// Package sources opens a tenant as people have it: a tenant file, responses of Graph, CSV, or the
// folder of an exporter.
package sources

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/directory/intake"
)

// The largest file that is converted, and the part of a file that says what it is.
const (
	maxFile = 1 << 30
	head    = 1 << 16
)

// Open opens a tenant. A tenant file is read line by line; everything else is converted first.
func Open(con *console.Console, path string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, exit.Usage("", "read tenant: %w", err)
	}
	if !info.IsDir() {
		f, err := os.Open(path)
		if err != nil {
			return nil, exit.Usage("", "read tenant: %w", err)
		}
		b := bufio.NewReaderSize(f, head)
		start, err := b.Peek(head)
		switch {
		case errors.Is(err, io.EOF) && len(bytes.TrimSpace(start)) == 0:
			return nil, errors.Join(exit.Usage("a whole tenant is expected, for who is missing was removed; without --tenant, the directory of --state stays",
				"read tenant: %s is empty", path), f.Close())
		case len(bytes.TrimSpace(start)) == 0 || intake.Native(start):
			return opened{b, f}, nil
		}
		if err := f.Close(); err != nil {
			return nil, exit.Usage("", "read tenant: %w", err)
		}
	}
	t, err := Convert(con, []string{path})
	if err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	if err := t.Write(&lines); err != nil {
		return nil, exit.Broken("", "convert the tenant: %w", err)
	}
	return io.NopCloser(&lines), nil
}

type opened struct {
	io.Reader
	io.Closer
}

// Convert reads files and folders of one tenant, and says what it left out. "-" is stdin.
func Convert(con *console.Console, paths []string) (*intake.Tenant, error) {
	var files []intake.File
	take := func(name string, data []byte) { files = append(files, intake.File{Name: name, Data: data}) }
	if err := con.Given(paths, "tenant", maxFile, below, take); err != nil {
		return nil, err
	}
	t, err := intake.Read(files)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	for _, note := range t.Notes {
		con.Say("note: %s", note)
	}
	return t, nil
}

// below lists the files of a folder that can belong to a tenant; a file stands for itself.
func below(path string) ([]string, error) {
	var list []string
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		kinds := []string{".json", ".jsonl", ".ndjson", ".csv"}
		if err == nil && !d.IsDir() && (name == path || slices.Contains(kinds, strings.ToLower(filepath.Ext(name)))) {
			list = append(list, name)
		}
		return err
	})
	if err == nil && len(list) == 0 {
		err = errors.New(path + ": the folder contains no JSON and no CSV file")
	}
	if err != nil {
		return nil, exit.Usage("`scimdrill tenant import` prints the commands that save a tenant", "read tenant: %w", err)
	}
	return list, nil
}
