package state_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/state"
)

// TestNothingAfterAFailedWrite lets a write fail as a full disk does, which rolls the transaction
// back: what came later must not be committed without what came before (S1).
func TestNothingAfterAFailedWrite(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "job.db")
	s := open(t, path)
	if err := s.PutMembers(ctx, 1, []int64{2}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	const full = "CREATE TRIGGER full BEFORE INSERT ON link WHEN new.num = 2 BEGIN SELECT RAISE(ROLLBACK, 'full'); END"
	if _, err := db.ExecContext(ctx, full); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	if err := s.PutMembers(ctx, 1, []int64{3}); err != nil {
		t.Fatal(err)
	}
	if err := s.PutLink(ctx, state.Link{Num: 2, Kind: "User", SourceID: "s2", TargetID: "t2"}); err == nil {
		t.Fatal("the write did not fail")
	}
	if err := s.Save(ctx, "position", 7); err == nil {
		t.Error("something was written after the failed write")
	}
	if err := s.Commit(); err == nil || !strings.Contains(err.Error(), "stays as it was committed last") {
		t.Errorf("Commit: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	defer s.Close()
	members, err := s.Members(ctx, 1)
	if err != nil || len(members) != 1 || members[0] != 2 {
		t.Errorf("members %v, %v; want those of the last commit", members, err)
	}
	var position int
	if found, err := s.Load(ctx, "position", &position); err != nil || found {
		t.Errorf("position %d, %v, %v; want none", position, found, err)
	}
}
