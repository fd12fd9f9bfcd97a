package state

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/internal/queryplan"
)

// TestQueryPlans lets SQLite explain every statement of an incremental cycle: none may walk
// through links or memberships, or its cost would grow with the number of linked objects.
func TestQueryPlans(t *testing.T) {
	t.Parallel()
	ctx, now := t.Context(), time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	s, err := Open(ctx, filepath.Join(t.TempDir(), "job.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	for name, ask := range map[string]func() error{
		"PutLink":        func() error { return s.PutLink(ctx, Link{Num: 1, Kind: "User", TargetID: "t"}) },
		"PutEscrow":      func() error { return s.PutEscrow(ctx, Escrow{Num: 1, What: Object, First: now, Due: now}) },
		"Link":           func() error { _, _, err := s.Link(ctx, 1); return err },
		"Owner":          func() error { _, _, err := s.Owner(ctx, "User", "t"); return err },
		"LinksOf":        func() error { _, err := s.LinksOf(ctx, []int64{1}); return err },
		"Members":        func() error { _, err := s.Members(ctx, 2); return err },
		"HasMember":      func() error { _, err := s.HasMember(ctx, 2, 1); return err },
		"PutMembers":     func() error { return s.PutMembers(ctx, 2, []int64{1}) },
		"PutMemberList":  func() error { return s.PutMembers(ctx, 2, []int64{1, 3}) },
		"DropMembers":    func() error { return s.DropMembers(ctx, 2, []int64{1}) },
		"Escrow":         func() error { _, _, err := s.Escrow(ctx, 1, Object, 0); return err },
		"Due":            func() error { _, err := s.Due(ctx, now.Add(-time.Hour)); return err },
		"DropReferences": func() error { return s.DropReferences(ctx, 1, Manager) },
		"Save":           func() error { return s.Save(ctx, "k", 1) },
	} {
		if err := ask(); err != nil {
			t.Fatal(name, err)
		}
	}
	if err := s.DropLink(ctx, 1); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for text := range s.stmts {
		if text == "BEGIN" || text == "COMMIT" {
			continue
		}
		seen++
		plan, err := queryplan.Walk(ctx, s.conn, text, "[]", "link", "membership", "record")
		if plan != "" || err != nil {
			t.Errorf("%s\n%s %v", text, plan, err)
		}
	}
	if seen < 14 {
		t.Errorf("%d statements were explained", seen)
	}
}
