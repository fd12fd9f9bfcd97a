package directory

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/internal/queryplan"
)

// TestQueryPlans lets SQLite explain every query of an incremental cycle: none may walk
// through a whole table, or its cost would grow with the directory.
func TestQueryPlans(t *testing.T) {
	t.Parallel()
	ctx, start := t.Context(), time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	d, err := Open(ctx, filepath.Join(t.TempDir(), "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	_, err = d.Load(ctx, strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"u1"}
{"@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"id":"u1"}]}`), "t", start)
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func() error{
		"Latest":        func() error { _, err := d.Latest(ctx); return err },
		"Changed":       func() error { _, err := d.Changed(ctx, 0, 9, User, true); return err },
		"MemberChanges": func() error { _, err := d.MemberChanges(ctx, 2, 0, 9); return err },
		"Touched":       func() error { _, _, err := d.Touched(ctx, 1, 0, 9); return err },
		"Get":           func() error { _, err := d.Get(ctx, 1); return err },
		"ByID":          func() error { _, err := d.ByID(ctx, "u1"); return err },
		"Num":           func() error { _, err := d.Num(ctx, "u1"); return err },
		"Members":       func() error { _, err := d.Members(ctx, 2); return err },
		"Entitled":      func() error { _, err := d.Entitled(ctx, 1); return err },
		"Purge":         func() error { _, err := d.Purge(ctx, start); return err },
	} {
		if err := ask(); err != nil {
			t.Fatal(name, err)
		}
	}
	if len(d.stmts) < 8 {
		t.Fatalf("%d queries were kept, so this proves little", len(d.stmts))
	}
	for text := range d.stmts {
		plan, err := queryplan.Walk(ctx, d.db, text, 0, "o", "m", "object", "change", "member", "assignment")
		if plan != "" || err != nil {
			t.Errorf("%s\n%s %v", text, plan, err)
		}
	}
}
