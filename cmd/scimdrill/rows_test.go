package main

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// widest is the most characters that a row of a test may have.
const widest = 160

// TestRows finds the rows of tests that are too wide to read. Data in a raw string of several
// lines is exempt, since a line of JSON cannot be broken there.
func TestRows(t *testing.T) {
	t.Parallel()
	files := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == "node_modules" || strings.HasPrefix(name, ".") && name != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		data := rawRows(text)
		for i, row := range strings.Split(string(text), "\n") {
			if n := utf8.RuneCountInString(row); n > widest && !data[i+1] {
				t.Errorf("%s:%d has %d characters; break it, %d are the most", path, i+1, n, widest)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 100 {
		t.Errorf("only %d files of tests were found", files)
	}
}

// rawRows are the lines with a part of a raw string that has several lines.
func rawRows(text []byte) map[int]bool {
	file := token.NewFileSet().AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, text, nil, 0)
	rows := map[int]bool{}
	for {
		pos, tok, literal := s.Scan()
		if tok == token.EOF {
			return rows
		}
		if more := strings.Count(literal, "\n"); tok == token.STRING && more > 0 {
			for i := range more + 1 {
				rows[file.Line(pos)+i] = true
			}
		}
	}
}
