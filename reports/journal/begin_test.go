package journal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/journal"
)

const last = "journal.jsonl"

// run begins a journal in dir, makes an object with each value, and ends.
func run(t *testing.T, dir string, h journal.Header, values ...string) {
	t.Helper()
	j, err := journal.Begin(filepath.Join(dir, last), h)
	check(t, err)
	for _, v := range values {
		check(t, j.Made(intent(t, j, user(v)), "id-"+v))
	}
	check(t, j.Close())
}

// kept are the values in each journal of dir.
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := journal.List(dir, last)
	check(t, err)
	out := map[string]string{}
	for _, path := range list {
		name, err := filepath.Rel(dir, path)
		check(t, err)
		var values []string
		for _, e := range read(t, path) {
			values = append(values, e.Value)
		}
		out[name] = strings.Join(values, " ")
	}
	return out
}

// S10: the journals of runs in one folder are kept apart, and none is lost.
func TestBegin(t *testing.T) {
	t.Parallel()
	a := journal.Header{Target: "http://a.test", Run: "r1", State: "s1"}
	with := func(change func(*journal.Header)) journal.Header {
		h := a
		change(&h)
		return h
	}
	for name, c := range map[string]struct {
		second journal.Header
		want   map[string]string
	}{
		"the same job": {with(func(h *journal.Header) { h.Run = "r2" }), map[string]string{last: "ada bob"}},
		"another job":  {with(func(h *journal.Header) { h.State = "s2" }), map[string]string{last: "bob", "journals/r1.jsonl": "ada"}},
		"no job":       {with(func(h *journal.Header) { h.State = "" }), map[string]string{last: "bob", "journals/r1.jsonl": "ada"}},
		"moved":        {with(func(h *journal.Header) { h.Target = "http://b.test" }), map[string]string{last: "bob", "journals/r1.jsonl": "ada"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			run(t, dir, a, "ada")
			run(t, dir, c.second, "bob")
			if diff := cmp.Diff(c.want, kept(t, dir)); diff != "" {
				t.Errorf("journals (-want +got):\n%s", diff)
			}
			if h, known, err := journal.ReadHeader(filepath.Join(dir, last)); err != nil || !known || h.Target != c.second.Target {
				t.Errorf("header %+v, %v, %v", h, known, err)
			}
		})
	}
}

// Runs with the same id do not replace each other's journals; done ones are removed, and
// damaged ones kept.
func TestSetAside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h := journal.Header{Target: "http://a.test", Run: "r1"}
	for _, v := range []string{"ada", "bob", "eve"} {
		run(t, dir, h, v)
	}
	run(t, dir, journal.Header{Run: "../../r2"}) // nothing remains of it
	check(t, os.WriteFile(filepath.Join(dir, last), []byte("hello\n"), 0o600))
	run(t, dir, h, "joe")
	check(t, os.Mkdir(filepath.Join(dir, "earlier-r0"), 0o700))
	check(t, os.WriteFile(filepath.Join(dir, "earlier-r0", last), nil, 0o600))
	_, err := journal.Read(filepath.Join(dir, "journals", "unknown.jsonl"))
	if err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("the damaged journal: %v", err)
	}
	check(t, os.Remove(filepath.Join(dir, "journals", "unknown.jsonl")))
	want := map[string]string{
		"earlier-r0/journal.jsonl": "", "journals/r1.jsonl": "ada", "journals/r1-2.jsonl": "bob", "journals/r1-3.jsonl": "eve", last: "joe",
	}
	if diff := cmp.Diff(want, kept(t, dir)); diff != "" {
		t.Errorf("journals (-want +got):\n%s", diff)
	}
}

// A journal of an older version has no header until it is given one.
func TestStamp(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), last)
	j := open(t, path)
	intent(t, j, user("ada"))
	if _, known, err := journal.ReadHeader(path); err != nil || known {
		t.Errorf("header of an older version: %v, %v", known, err)
	}
	h := journal.Header{Target: "http://a.test", Run: "r1"}
	check(t, journal.Stamp(path, h))
	if got, known, err := journal.ReadHeader(path); err != nil || !known || got != h {
		t.Errorf("stamped: %+v, %v, %v", got, known, err)
	}
	if seq := intent(t, open(t, path), user("bob")); seq != 2 {
		t.Errorf("the next number is %d", seq)
	}
}

// An edited journal that mixes up numbers is refused, and not guessed at (S10).
func TestMixedUp(t *testing.T) {
	t.Parallel()
	header := `{"seq":0,"event":"journal","target":"http://a.test","run":"r1"}` + "\n"
	ada := `{"seq":1,"event":"intent","collection":"Users","attribute":"userName","value":"ada"}` + "\n"
	for name, text := range map[string]string{
		"a second journal": header + ada + header + ada,
		"a second intent":  header + ada + strings.Replace(ada, "ada", "bob", 1),
	} {
		path := filepath.Join(t.TempDir(), last)
		check(t, os.WriteFile(path, []byte(text), 0o600))
		if _, err := journal.Read(path); err == nil || !strings.Contains(err.Error(), "line 3: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
