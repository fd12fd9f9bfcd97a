package inflight

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// TestFactsAppend: the facts are written as encoding/json writes them, so what is read back is
// what was written.
func TestFactsAppend(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 5, 8, 0, 0, 120_000_000, time.UTC)
	for name, w := range map[string]Facts{
		"empty": {At: at},
		"create": {
			Part: "object", Action: provlog.Create, Kind: "User", Num: 7, Source: "s\"1", CycleID: "c", Cycle: 3, Attempt: 2, Demand: 1, At: at,
			Names: "ädа@x.example\nb", Managed: true, Shared: true, NewLink: true, Back: true,
			Match: []Value{{"userName", "Ädа@x.example"}, {"externalId", "a\\b\t"}},
		},
		"members": {
			Part: "members", Action: provlog.Update, Kind: "Group", Num: 8, Source: "g", Target: "t", CycleID: "c", Cycle: 1, At: at, Manager: "m",
			Members: []Member{{1, "x"}, {2, "y"}}, Present: true,
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

func BenchmarkFactsAppend(b *testing.B) {
	const id = "7f0d1d4e-55d6-4f0e-8e86-6ed9b2f3e1a1"
	w := Facts{
		Part: "members", Action: provlog.Update, Kind: "Group", Num: 8, Source: id, Target: id, CycleID: id, Cycle: 1, At: time.Now(),
		Members: []Member{{1, id}}, Present: true,
	}
	for b.Loop() {
		w.append(nil)
	}
}
