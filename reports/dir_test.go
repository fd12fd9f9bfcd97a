package reports_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWriteDir(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "folder")
	if err := reports.WriteDir(dir, fixture(), []string{"json", "html", "junit", "text", "json"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"junit.xml", "report.html", "report.json", "report.txt"}, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// When one file cannot be written, the old ones stay, and nothing lies about.
func TestWriteDirIsAtomic(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	formats := []string{"text", "html", "json"}
	if err := reports.WriteDir(dir, fixture(), formats); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	forgotten := fixture()
	forgotten.Run.ID = "changed"
	forgotten.Conformance.Checks[0].Outcome = ""
	err = reports.WriteDir(dir, forgotten, formats)
	if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "report.json")) {
		t.Errorf("error = %v, want one that names the file", err)
	}
	after, err := os.ReadFile(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("report.html was replaced")
	}
	if diff := cmp.Diff([]string{"report.html", "report.json", "report.txt"}, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestWriteDirErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := reports.WriteDir(filepath.Join(dir, "x"), fixture(), []string{"json", "pdf"}); err == nil ||
		!strings.Contains(err.Error(), `"pdf"; hint: use one of json, junit, html, markdown, sarif, codequality, badge, text`) {
		t.Errorf("unknown format: %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("files = %v, want none", got)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := reports.WriteDir(file, fixture(), []string{"json"}); err == nil {
		t.Error("a file instead of a folder gave no error")
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if err := os.Symlink("/dev/full", filepath.Join(dir, "report.json.part")); err != nil {
			t.Fatal(err)
		}
		err := reports.WriteDir(dir, fixture(), []string{"json"})
		if err == nil || !strings.Contains(err.Error(), "report.json") || !strings.Contains(err.Error(), "hint:") {
			t.Errorf("full disk: %v", err)
		}
	}
}

// A writer that fails must be noticed in every format.
func TestWritersReportErrors(t *testing.T) {
	t.Parallel()
	for _, f := range reports.Formats() {
		if err := f.Write(broken{}, fixture()); err == nil {
			t.Errorf("%s: no error", f.Name)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }
