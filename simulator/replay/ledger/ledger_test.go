package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// notes are what a ledger says.
func notes(t *testing.T, path string) (list []ledger.Note) {
	t.Helper()
	check(t, ledger.Read(path, func(n ledger.Note) error {
		list = append(list, n)
		return nil
	}))
	return list
}

// An announcement is in the file when Begin returns, with all responses before it. A torn line is removed.
func TestLedger(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), ledger.Name)
	h := ledger.Header{Stream: "abc", Target: "http://a.test", Shard: "1/4", Tenants: []string{"a", "b"}}
	l, err := ledger.Create(path, h)
	check(t, err)
	want := []ledger.Note{
		{Request: 1, Tenant: 1, Status: 201, Entry: 7, IDs: []string{`plain`, `a "quoted" \ <id> ü` + "\n", ""}},
		{Request: 2, Status: 404},
		{Request: 3, Entry: 8},
	}
	check(t, l.End(&want[0]))
	check(t, l.End(&want[1]))
	if len(notes(t, path)) != 0 {
		t.Error("responses are written before the next announcement")
	}
	check(t, l.Begin(3, 0, 8))
	if diff := cmp.Diff(want, notes(t, path)); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	check(t, l.Close())
	data, err := os.ReadFile(path)
	check(t, err)
	check(t, os.WriteFile(path, append(data, `{"request":4,"sta`...), 0o600))
	l, err = ledger.Continue(path)
	check(t, err)
	check(t, l.End(&ledger.Note{Request: 5, Status: 204}))
	check(t, l.Close())
	if diff := cmp.Diff(append(want, ledger.Note{Request: 5, Status: 204}), notes(t, path)); diff != "" {
		t.Errorf("continued (-want +got):\n%s", diff)
	}
	got, err := ledger.ReadHeader(path)
	check(t, err)
	if diff := cmp.Diff(h, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

// A damaged ledger is refused with its line.
func TestDamaged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"no JSON":      {"{}\nhello\n", "line 2: it is not a line of a ledger"},
		"no number":    {"{}\n{\"status\":204}\n", "line 2: the number of the request"},
		"other fields": {"{}\n{\"request\":1,\"x\":1}\n", "unknown field"},
	} {
		path := filepath.Join(t.TempDir(), ledger.Name)
		check(t, os.WriteFile(path, []byte(c.text), 0o600))
		if err := ledger.Read(path, func(ledger.Note) error { return nil }); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(t.TempDir(), ledger.Name)
	check(t, os.WriteFile(path, nil, 0o600))
	if _, err := ledger.ReadHeader(path); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty file: %v", err)
	}
}
