package journal_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/journal"
)

func user(value string) journal.Object {
	return journal.Object{
		Collection: "Users", Attribute: "externalId", Value: value, AltAttribute: "userName", AltValue: value + "@contoso.example",
	}
}

func open(t *testing.T, path string) *journal.Journal {
	t.Helper()
	j, err := journal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = j.Close() })
	return j
}

func intent(t *testing.T, j *journal.Journal, o journal.Object) int64 {
	t.Helper()
	seq, err := j.Intent(o)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []journal.Entry {
	t.Helper()
	entries, err := journal.Read(path)
	check(t, err)
	return entries
}

func TestFold(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	ada, bob, eve := intent(t, j, user("ada")), intent(t, j, user("bob")), intent(t, j, user("eve"))
	check(t, j.Made(bob, "id-of-bob"))
	check(t, j.Made(ada, "id-ada"))
	check(t, j.Made(bob, "id-bob"))
	check(t, j.Named(bob, "externalId", "rob"))
	check(t, j.Named(bob, "userName", "rob@contoso.example"))
	check(t, j.Named(bob, "title", "Sir"))
	check(t, j.Gone(ada))

	made := user("rob")
	made.ID = "id-bob"
	want := []journal.Entry{
		{Seq: bob, Object: made, State: journal.StateMade},
		{Seq: eve, Object: user("eve"), State: journal.StateIntended},
	}
	if diff := cmp.Diff(want, read(t, path)); diff != "" {
		t.Errorf("what may still exist (-want +got):\n%s", diff)
	}
}

func TestReopenGoesOn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	first := open(t, path)
	intent(t, first, user("ada"))
	check(t, first.Close())

	second := open(t, path)
	if seq := intent(t, second, user("bob")); seq != 2 {
		t.Errorf("seq after reopening = %d, want 2", seq)
	}
	check(t, second.Gone(1))
	if got := read(t, path); len(got) != 1 || got[0].Value != "bob" {
		t.Errorf("entries = %+v, want bob only", got)
	}
}

func TestTornLastLine(t *testing.T) {
	t.Parallel()
	whole := `{"seq":1,"event":"intent","collection":"Users","attribute":"externalId","value":"ada"}` + "\n"
	next := `{"seq":2,"event":"intent","collection":"Users","attribute":"externalId","value":"bob"}`
	for cut := range len(next) + 1 {
		path := filepath.Join(t.TempDir(), "journal.jsonl")
		check(t, os.WriteFile(path, []byte(whole+next[:cut]), 0o600))
		if got := read(t, path); len(got) != 1 || got[0].Value != "ada" {
			t.Fatalf("cut at %d: entries = %+v, want ada only", cut, got)
		}
		j := open(t, path)
		intent(t, j, user("eve"))
		check(t, j.Close())
		if got := read(t, path); len(got) != 2 || got[1].Value != "eve" {
			t.Fatalf("cut at %d, reopened: entries = %+v, want ada and eve", cut, got)
		}
	}
}

func TestDamage(t *testing.T) {
	t.Parallel()
	good := `{"seq":1,"event":"intent","value":"ada"}` + "\n"
	for name, line := range map[string]string{
		"not JSON":      "hello\n",
		"no seq":        `{"event":"intent"}` + "\n",
		"unknown event": `{"seq":2,"event":"maybe"}` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "journal.jsonl")
			check(t, os.WriteFile(path, []byte(good+line), 0o600))
			_, readErr := journal.Read(path)
			_, openErr := journal.Open(path)
			for _, err := range []error{readErr, openErr} {
				if err == nil || !strings.Contains(err.Error(), "journal.jsonl line 2") {
					t.Errorf("error = %v, want one that names line 2", err)
				}
			}
		})
	}
}

// A device that never ends is read until it is known to be no journal, and no further.
func TestEndless(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("this system has no endless file")
	}
	_, readErr := journal.Read("/dev/zero")
	_, openErr := journal.Open("/dev/zero")
	for _, err := range []error{readErr, openErr} {
		if err == nil || !strings.Contains(err.Error(), "/dev/zero line 1: the line is longer than 16 MiB") {
			t.Errorf("error = %v, want one that says that no journal has such a line", err)
		}
	}
}

// A line that could not be read again is not written, so that its request is not sent.
func TestLongLine(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	if _, err := j.Intent(user(strings.Repeat("a", 16<<20))); err == nil || !strings.Contains(err.Error(), "longer than 16 MiB") {
		t.Errorf("error = %v, want one about the length", err)
	}
	large := user(strings.Repeat("a", 7<<20))
	intent(t, j, large)
	check(t, j.Close())
	if got := read(t, path); len(got) != 1 || got[0].Object != large {
		t.Errorf("%d entries, want the one of 14 MiB", len(got))
	}
	if seq := intent(t, open(t, path), user("ada")); seq != 2 {
		t.Errorf("reopened after it, the next number is %d, want 2", seq)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	_, err := journal.Read(filepath.Join(t.TempDir(), "none.jsonl"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error = %v, want fs.ErrNotExist", err)
	}
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	j := open(t, filepath.Join(t.TempDir(), "journal.jsonl"))
	if err := j.Made(1, "id"); err == nil {
		t.Error("Made without an intent gave no error")
	}
	check(t, j.Close())
	check(t, j.Close())
	if _, err := j.Intent(user("ada")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Intent after Close = %v, want os.ErrClosed", err)
	}
}

func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	j := open(t, path)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				seq, err := j.Intent(user("ada"))
				if err != nil || j.Made(seq, "id") != nil {
					t.Error("a concurrent write failed")
				}
			}
		})
	}
	wg.Wait()
	if got := read(t, path); len(got) != 400 || got[399].Seq != 400 || got[399].State != journal.StateMade {
		t.Errorf("%d entries, want 400 made ones", len(got))
	}
}
