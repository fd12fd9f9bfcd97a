package engine_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

// letters are the kinds of the notifications of a run.
func letters(res *engine.Result) (kinds []string) {
	for _, l := range res.Letters {
		kinds = append(kinds, string(l.Kind))
	}
	return kinds
}

// TestNotifications is about who is told of what by mail (E-335).
func TestNotifications(t *testing.T) {
	t.Parallel()
	const address = "it@contoso.test"
	for value, want := range map[string]int{"false": 0, "true": 2} {
		t.Run("E-335 notificationEnabled "+value, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 1)
			b.cfg.Set["notificationEmail"], b.cfg.Set["notificationEnabled"] = address, value
			b.refusing().Store(true)
			res := b.play(30 * 24 * time.Hour)
			if n := len(res.Letters); n != want {
				t.Errorf("%d mails: %v", n, letters(res))
			}
			files, _ := os.ReadDir(filepath.Join(b.cfg.Out, outbox.Folder))
			if len(files) != want {
				t.Errorf("%d files", len(files))
			}
		})
	}

	t.Run("E-335 E-259 a quarantine is told of once, and its end after 28 days", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 1)
		b.cfg.Set["notificationEmail"] = address
		b.refusing().Store(true)
		res := b.play(30 * 24 * time.Hour)
		if diff := cmp.Diff([]string{"quarantine", "disabled"}, letters(res)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if next := res.Letters[1].Next; !next.IsZero() {
			t.Errorf("a disabled job has a next cycle at %v", next)
		}
	})

	t.Run("E-335 failed objects are told of once, until a cycle without any", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		b.cfg.Set["notificationEmail"], b.cfg.Set["retrySchedule"] = address, "current"
		b.refuse(func(r *http.Request, body string) int {
			if r.Method == http.MethodPost && strings.Contains(body, "u001@x.example") {
				return http.StatusInternalServerError
			}
			return 0
		})
		res := b.play(2 * time.Hour)
		if diff := cmp.Diff([]string{"failure"}, letters(res)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})

	t.Run("E-227 deletions held back", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 3)
		b.cfg.Set["notificationEmail"], b.cfg.Set["preventAccidentalDeletion"], b.cfg.Set["deleteThreshold"] = address, "true", "1"
		b.block("1h", 3)
		res := b.play(6 * time.Hour)
		if diff := cmp.Diff([]string{"deletions"}, letters(res)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if n := res.Letters[0].Objects; n != 3 {
			t.Errorf("%d objects held back, want 3", n)
		}
	})
}

// TestKeptScope proves that a run without a scope keeps that of the job (E-60).
func TestKeptScope(t *testing.T) {
	t.Parallel()
	b := lifeBench(t, 1)
	b.cfg.ScopeAll, b.cfg.Cycles = true, 1
	b.run()
	b.cfg.ScopeAll, b.cfg.ScopeKept = false, true
	b.run()
	err := engine.Administer(t.Context(), b.cfg.State, "test", time.Now, func(o *engine.Office) error {
		if !o.Job.Record().ScopeAll {
			t.Error("the scope of the job is gone")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
