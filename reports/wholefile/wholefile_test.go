package wholefile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.json")
	holds := func(want string, files int) {
		t.Helper()
		got, _ := os.ReadFile(path)
		list, err := os.ReadDir(dir)
		if string(got) != want || len(list) != files || err != nil {
			t.Errorf("%q and %d files (%v), want %q and %d", got, len(list), err, want, files)
		}
	}
	if err := os.WriteFile(path+".part", []byte("of a killed run"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := wholefile.Write(path, 0o600, []byte("one")); err != nil {
		t.Fatal(err)
	}
	holds("one", 1) // not the file of the killed run
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	broken := errors.New("broken")
	err := wholefile.WriteFrom(path, 0o600, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half")
		return broken
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	holds("one", 1)
	if err := wholefile.Write(filepath.Join(dir, "nowhere", "b"), 0o600, nil); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "d"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := wholefile.Write(filepath.Join(dir, "d"), 0o600, nil); err == nil {
		t.Error("a folder was replaced")
	}
	holds("one", 2)
}

// Several files are put into their places together.
func TestCommit(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a")
	f, err := wholefile.Create(path, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	if _, err := io.WriteString(f, "all"); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("in its place too early: %v", err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); string(got) != "all" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
