package inflight_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

func open(t *testing.T, path string, p inflight.Position) *inflight.File {
	t.Helper()
	f, err := inflight.Open(path, p)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func begin(t *testing.T, f *inflight.File, facts string) int64 {
	t.Helper()
	seq, err := f.Begin(&inflight.Facts{Source: facts}, &provlog.Summary{})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// unsettled tells the writes of a file in short.
func unsettled(t *testing.T, f *inflight.File) []string {
	t.Helper()
	list, err := f.Unsettled()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, w := range list {
		out = append(out, strings.TrimSpace(w.Facts.Source+" "+string(w.Outcome)+" "+w.ID))
	}
	return out
}

// TestKilled (S1): whatever a process that is killed leaves, the next one knows the writes that no
// committed state holds, with the outcomes that reached the file.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "inflight.jsonl")
	f := open(t, path, inflight.Position{})
	a, b, c := begin(t, f, "a"), begin(t, f, "b"), begin(t, f, "c")
	f.End(a, inflight.Done, "1")
	f.End(b, inflight.Rejected, "")
	f.Settle(a)
	committed := f.Position()
	d := begin(t, f, "d")
	f.End(d, inflight.Done, "4") // the outcome waits for the next write, and is lost
	f.Settle(c)                  // but not committed
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, `{"seq":5,"facts":{"so`...), 0o600); err != nil {
		t.Fatal(err)
	}

	g := open(t, path, committed)
	want := []string{"b rejected", "c", "d"}
	if diff := cmp.Diff(want, unsettled(t, g)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if seq := begin(t, g, "e"); seq != d+1 {
		t.Errorf("the next number is %d, not %d", seq, d+1)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(append(want, "e"), unsettled(t, open(t, path, committed))); diff != "" {
		t.Errorf("after the second run (-want +got):\n%s", diff)
	}
}

// TestTrim: what is settled leaves the file, and numbers are never used again.
func TestTrim(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "inflight.jsonl")
	f := open(t, path, inflight.Position{})
	size := func() int64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	a, long := begin(t, f, "a"), strings.Repeat("x", 1<<20)
	f.End(a, inflight.Done, "1")
	for range 5 {
		f.Settle(begin(t, f, long))
	}
	if err := f.Trim(); err != nil || size() > 1000 {
		t.Errorf("%v, %d bytes are left", err, size())
	}
	if diff := cmp.Diff([]string{"a done 1"}, unsettled(t, open(t, path, inflight.Position{}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b := begin(t, f, "b")
	f.Settle(a, b)
	p := f.Position()
	if err := f.Trim(); err != nil || size() != 0 {
		t.Errorf("%v, %d bytes are left", err, size())
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if seq := begin(t, open(t, path, p), `"c"`); seq != b+1 {
		t.Errorf("the next number is %d, not %d", seq, b+1)
	}
}

// TestDamaged: a line that is no write names the file, the line, and what to do.
func TestDamaged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "inflight.jsonl")
	for _, text := range []string{"no\n", "{\"seq\":0}\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := inflight.Open(path, inflight.Position{})
		if err == nil || !strings.Contains(err.Error(), "inflight.jsonl line 1") || !strings.Contains(err.Error(), "hint: ") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
