package cycle

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// TestBegunAppend: the facts are written as encoding/json writes them, so what is read back is
// what was written.
func TestBegunAppend(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 5, 8, 0, 0, 120_000_000, time.UTC)
	for name, w := range map[string]begun{
		"empty": {At: at},
		"create": {
			Part: PartObject, Action: provlog.Create, Kind: "User", Num: 7, Source: "s\"1", CycleID: "c", Cycle: 3, Attempt: 2, Demand: 1, At: at,
			Names: "ädа@x.example\nb", Managed: true, Shared: true, NewLink: true, Back: true,
			Match: []matchingValue{{"userName", "Ädа@x.example"}, {"externalId", "a\\b\t"}},
		},
		"members": {
			Part: PartMembers, Action: provlog.Update, Kind: "Group", Num: 8, Source: "g", Target: "t", CycleID: "c", Cycle: 1, At: at, Manager: "m",
			Members: []begunMember{{1, "x"}, {2, "y"}}, Present: true,
		},
	} {
		want, err := json.Marshal(w)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(w.append(nil))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func BenchmarkBegunAppend(b *testing.B) {
	w := begun{
		Part: PartMembers, Action: provlog.Update, Kind: "Group", Num: 8, Source: "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1", Target: "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1",
		CycleID: "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1", Cycle: 1, At: time.Now(), Members: []begunMember{{1, "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1"}}, Present: true,
	}
	for b.Loop() {
		w.append(nil)
	}
}
