package outbox_test

import (
	"context"
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"

	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/state"
)

func letter(kind outbox.Kind) outbox.Letter {
	return outbox.Letter{
		Kind: kind, At: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), To: "admin@contoso.example", App: "GoTo\r\nBcc: x@y.example",
		Job: "goto.1", Reason: "TooManyDeletes", Code: "Code", Text: "line\r\n.\r\nDATA", Objects: 3,
	}
}

func openStore(t *testing.T, path string) *state.Store {
	t.Helper()
	s, err := state.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestMessage proves E-335: each kind is a mail that another library reads, with equal bytes for
// equal letters and without lines that text from outside adds.
func TestMessage(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, kind := range []outbox.Kind{outbox.Failure, outbox.Quarantine, outbox.Deletions, outbox.Disabled} {
		l := letter(kind)
		var texts [2]strings.Builder
		for i := range texts {
			m, err := l.Message()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := m.WriteTo(&texts[i]); err != nil {
				t.Fatal(err)
			}
		}
		if texts[0].String() != texts[1].String() {
			t.Errorf("%s: equal letters differ", kind)
		}
		m, err := mail.ReadMessage(strings.NewReader(texts[0].String()))
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if m.Header.Get("Bcc") != "" || m.Header.Get("Subject") == "" || m.Header.Get("To") != "<admin@contoso.example>" {
			t.Errorf("%s: headers %v", kind, m.Header)
		}
		if at, err := m.Header.Date(); err != nil || !at.Equal(l.At) {
			t.Errorf("%s: date %v, %v", kind, at, err)
		}
		if strings.Contains(texts[0].String(), "\r\n.\r\n") {
			t.Errorf("%s: text from outside ends the mail", kind)
		}
		names[l.Name()] = true
	}
	if len(names) != 4 {
		t.Errorf("the kinds share names: %v", names)
	}
	if outbox.CheckAddress("nobody") == nil || outbox.CheckAddress("a@b.example\r\nBcc: c@d.example") == nil {
		t.Error("a wrong address is accepted")
	}
}

// TestKilled proves that a box which ends at any point loses no file and delivers nothing twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "job.db")
	killed := errors.New("killed")
	delivered := 0
	store := openStore(t, path)
	box, err := outbox.Open(t.Context(), store, filepath.Join(dir, outbox.Folder), func(context.Context, *gomail.Msg) error {
		delivered++
		return killed // the process ends here: nothing is known of the delivery
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := box.Add(t.Context(), letter(outbox.Quarantine)); err != nil {
		t.Fatal(err)
	}
	if err := store.Discard(); err != nil { // before the commit of its event: it never was
		t.Fatal(err)
	}
	store = openStore(t, path)
	box, _ = outbox.Open(t.Context(), store, filepath.Join(dir, outbox.Folder), func(context.Context, *gomail.Msg) error { delivered++; return killed })
	if n := len(box.Letters()); n != 0 {
		t.Fatalf("%d letters of an event that never was", n)
	}
	if err := errors.Join(box.Add(t.Context(), letter(outbox.Quarantine)), store.Commit(), store.Discard()); err != nil {
		t.Fatal(err)
	}
	for range 3 { // committed without a file; then with one, and the delivery ends silently
		store = openStore(t, path)
		box, err = outbox.Open(t.Context(), store, filepath.Join(dir, outbox.Folder), func(context.Context, *gomail.Msg) error { delivered++; return killed })
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(box.Post(t.Context()), store.Discard()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(filepath.Join(dir, outbox.Folder))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	if delivered != 1 {
		t.Errorf("delivered %d times", delivered)
	}
}

// TestRefused proves that a mail which certainly was not delivered is delivered by the next run, once.
func TestRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	store := openStore(t, filepath.Join(dir, "job.db"))
	t.Cleanup(func() { _ = store.Close() })
	var outcomes []error
	deliver := func(context.Context, *gomail.Msg) error {
		err := outcomes[0]
		outcomes = outcomes[1:]
		return err
	}
	outcomes = []error{&outbox.Refusal{Err: errors.New("connection refused")}, nil}
	states := make([]string, 0, 3)
	for run := range 3 {
		box, err := outbox.Open(t.Context(), store, filepath.Join(dir, outbox.Folder), deliver)
		if err != nil {
			t.Fatal(err)
		}
		if run == 0 {
			if err := box.Add(t.Context(), letter(outbox.Disabled)); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(box.Post(t.Context()), box.Post(t.Context())); err != nil {
			t.Fatal(err)
		}
		l := box.Letters()[0]
		states = append(states, l.State())
	}
	if want := []string{"not delivered: connection refused", "delivered", "delivered"}; !slices.Equal(states, want) {
		t.Errorf("states %q, want %q", states, want)
	}
}
