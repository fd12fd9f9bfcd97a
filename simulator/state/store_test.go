package state_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

func open(t *testing.T, path string) *state.Store {
	t.Helper()
	s, err := state.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStore(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

	t.Run("what was committed is there after a crash, the rest is not", func(t *testing.T) {
		t.Parallel()
		ctx, path := t.Context(), filepath.Join(t.TempDir(), "job.db")
		s := open(t, path)
		want := state.Link{Num: 1, Kind: "User", SourceID: "s1", TargetID: "t1", Managed: true}
		if err := s.PutLink(ctx, want); err != nil {
			t.Fatal(err)
		}
		if err := s.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := s.PutLink(ctx, state.Link{Num: 2, Kind: "User", SourceID: "s2", TargetID: "t2"}); err != nil {
			t.Fatal(err)
		}
		if err := s.Discard(); err != nil {
			t.Fatal(err)
		}
		s = open(t, path)
		defer s.Close()
		got, ok, err := s.Link(ctx, 1)
		if err != nil || !ok {
			t.Fatalf("Link(1) = %v, %v", ok, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("link (-want +got):\n%s", diff)
		}
		if _, ok, _ := s.Link(ctx, 2); ok {
			t.Error("the uncommitted link survived")
		}
	})

	t.Run("E-235 an escrow keeps its first failure and comes back when due", func(t *testing.T) {
		t.Parallel()
		ctx := t.Context()
		s := open(t, filepath.Join(t.TempDir(), "job.db"))
		defer s.Close()
		for _, e := range []state.Escrow{
			{
				Num: 7, What: state.Object, Fault: provlog.Fault{Code: "A", Why: provlog.WhyRefused, Status: 400, Body: "{}", About: provlog.About{Number: 1}}, First: now,
				Due: now,
			},
			{
				Num: 7, What: state.Object, Fault: provlog.Fault{Code: "B", Why: provlog.WhyRefused, Status: 400, Body: "{}", About: provlog.About{Number: 1}},
				First: now.Add(time.Hour), Due: now.Add(6 * time.Hour), Attempts: 1,
			},
			{
				Num: 9, What: state.Member, Other: 7, Fault: provlog.Fault{Code: "C", Why: provlog.WhyRefused, Status: 400, Body: "{}", About: provlog.About{Number: 1}},
				First: now, Due: now,
			},
		} {
			if err := s.PutEscrow(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
		due, err := s.Due(ctx, now.Add(6*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		want := []state.Escrow{
			{
				Num: 7, What: state.Object, Fault: provlog.Fault{Code: "B", Why: provlog.WhyRefused, Status: 400, Body: "{}", About: provlog.About{Number: 1}}, First: now,
				Due: now.Add(6 * time.Hour), Attempts: 1,
			},
			{
				Num: 9, What: state.Member, Other: 7, Fault: provlog.Fault{Code: "C", Why: provlog.WhyRefused, Status: 400, Body: "{}", About: provlog.About{Number: 1}},
				First: now, Due: now,
			},
		}
		if diff := cmp.Diff(want, due); diff != "" {
			t.Errorf("due (-want +got):\n%s", diff)
		}
		objects, references, err := s.EscrowCounts(ctx)
		if err != nil || objects != 1 || references != 1 {
			t.Errorf("EscrowCounts = %d, %d, %v; want 1, 1", objects, references, err)
		}
	})

	t.Run("a dropped link takes its memberships along", func(t *testing.T) {
		t.Parallel()
		ctx := t.Context()
		s := open(t, filepath.Join(t.TempDir(), "job.db"))
		defer s.Close()
		for _, m := range [][2]int64{{10, 1}, {10, 2}, {11, 1}} {
			if err := s.PutMembers(ctx, m[0], []int64{m[1]}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.DropLink(ctx, 1); err != nil {
			t.Fatal(err)
		}
		got, err := s.Members(ctx, 10)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]int64{2}, got); diff != "" {
			t.Errorf("members of 10 (-want +got):\n%s", diff)
		}
		if has, _ := s.HasMember(ctx, 11, 1); has {
			t.Error("group 11 still has member 1")
		}
	})

	t.Run("two sources cannot hold one target object", func(t *testing.T) {
		t.Parallel()
		ctx := t.Context()
		s := open(t, filepath.Join(t.TempDir(), "job.db"))
		defer s.Close()
		if err := s.PutLink(ctx, state.Link{Num: 1, Kind: "User", SourceID: "a", TargetID: "x"}); err != nil {
			t.Fatal(err)
		}
		if err := s.PutLink(ctx, state.Link{Num: 2, Kind: "User", SourceID: "b", TargetID: "x"}); err == nil {
			t.Error("the second link was accepted")
		}
	})

	t.Run("A-18 links that share a target object: the first has it", func(t *testing.T) {
		t.Parallel()
		s := open(t, filepath.Join(t.TempDir(), "job.db"))
		defer s.Close()
		ctx := t.Context()
		second := state.Link{Num: 1, Kind: "User", SourceID: "b", TargetID: "x", Shared: true}
		for _, l := range []state.Link{{Num: 2, Kind: "User", SourceID: "a", TargetID: "x"}, second} {
			if err := s.PutLink(ctx, l); err != nil {
				t.Fatal(err)
			}
		}
		if got, _, err := s.Link(ctx, 1); err != nil || got != second {
			t.Errorf("Link = %+v, %v", got, err)
		}
		if owner, ok, err := s.Owner(ctx, "User", "x"); owner != 2 || !ok || err != nil {
			t.Errorf("Owner = %d, %v, %v; want 2", owner, ok, err)
		}
		if err := s.PutLink(ctx, state.Link{Num: 3, Kind: "User", SourceID: "c", TargetID: "x"}); !errors.Is(err, state.ErrTaken) {
			t.Errorf("a third link that does not share: %v", err)
		}
		if err := s.DropLink(ctx, 2); err != nil {
			t.Fatal(err)
		}
		if owner, _, err := s.Owner(ctx, "User", "x"); owner != 1 || err != nil {
			t.Errorf("Owner = %d, %v; want 1", owner, err)
		}
	})

	t.Run("a newer file is refused and left alone", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "job.db")
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := state.Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), "newer scimdrill") {
			t.Errorf("Open = %v, want a word about the newer version", err)
		}
	})
}

func TestOlderFile(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "job.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"CREATE TABLE link (num INTEGER PRIMARY KEY, kind TEXT NOT NULL, source_id TEXT NOT NULL, target_id TEXT NOT NULL, managed INTEGER NOT NULL)",
		"CREATE UNIQUE INDEX link_target ON link (kind, target_id)",
		"CREATE TABLE membership (group_num INTEGER NOT NULL, member_num INTEGER NOT NULL, PRIMARY KEY (group_num, member_num)) WITHOUT ROWID",
		"CREATE TABLE escrow (num INTEGER NOT NULL, what TEXT NOT NULL, other INTEGER NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, first INTEGER NOT NULL, " +
			"due INTEGER NOT NULL, attempts INTEGER NOT NULL, PRIMARY KEY (num, what, other)) WITHOUT ROWID",
		"CREATE TABLE record (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
		"INSERT INTO link VALUES (1, 'User', 's1', 't1', 1)",
		`INSERT INTO escrow VALUES (1, 'object', 0, 'A', 'StatusCode: OK. "No". Web Response: {"a":1}', 1, 2, 3)`,
		"INSERT INTO escrow VALUES (2, 'object', 0, 'B', 'the target did not answer in time', 1, 2, 3)",
		"PRAGMA user_version = 1",
	} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close()
	escrows, err := s.Escrows(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first, due := time.Unix(1, 0).UTC(), time.Unix(2, 0).UTC()
	recorded := func(code, detail, body string) provlog.Fault {
		return provlog.Fault{Code: code, Why: provlog.WhyRecorded, About: provlog.About{Detail: detail}, Body: body}
	}
	if diff := cmp.Diff([]state.Escrow{
		{Num: 1, What: state.Object, Fault: recorded("A", `StatusCode: OK. "No".`, `{"a":1}`), First: first, Due: due, Attempts: 3},
		{Num: 2, What: state.Object, Fault: recorded("B", "the target did not answer in time", ""), First: first, Due: due, Attempts: 3},
	}, escrows); diff != "" {
		t.Errorf("escrows (-want +got):\n%s", diff)
	}
	if got := escrows[0].Fault.Sentence(); got != `StatusCode: OK. "No". Web Response: {"a":1}` {
		t.Errorf("the sentence is now %q", got)
	}
	want := state.Link{Num: 1, Kind: "User", SourceID: "s1", TargetID: "t1", Managed: true}
	if got, ok, err := s.Link(ctx, 1); err != nil || !ok || got != want {
		t.Errorf("Link = %+v, %v, %v; want %+v", got, ok, err, want)
	}
	want.Names = "ada@x.example"
	if err := s.PutLink(ctx, want); err != nil {
		t.Fatal(err)
	}
	if got, _, err := s.Link(ctx, 1); err != nil || got != want {
		t.Errorf("Link = %+v, %v; want %+v", got, err, want)
	}
}

// TestUndo (S3): what was not committed goes away, and the store works on.
func TestUndo(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "job.db")
	s := open(t, path)
	link := func(num int64) state.Link {
		return state.Link{Num: num, Kind: "User", SourceID: "s", TargetID: strconv.FormatInt(num, 10), Managed: true}
	}
	escrow := state.Escrow{Num: 2, What: state.Object}
	if err := errors.Join(s.PutLink(ctx, link(1)), s.Commit(), s.PutLink(ctx, link(2)), s.PutEscrow(ctx, escrow), s.Doubt(ctx, 2), s.Undo()); err != nil {
		t.Fatal(err)
	}
	if objects, _, err := s.EscrowCounts(ctx); objects != 0 || err != nil {
		t.Errorf("%d escrows, %v", objects, err)
	}
	if err := errors.Join(s.Doubt(ctx, 3), s.PutLink(ctx, link(3)), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	defer s.Close()
	for num, want := range map[int64]bool{1: true, 2: false, 3: true} {
		if _, ok, err := s.Link(ctx, num); ok != want || err != nil {
			t.Errorf("link %d: %v, %v", num, ok, err)
		}
	}
}
