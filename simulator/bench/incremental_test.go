package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// linked makes a folder with the state of a job whose initial cycle is done.
func linked(b *testing.B, url string, users, groups int) (dir string, initial measure) {
	b.Helper()
	dir = loadTenant(b, users, groups)
	initial = child(b, "engine", engineRun{URL: url, Dir: dir, Parallel: 16, Cycles: 1})
	return dir, initial
}

// writeChanges makes a change stream with so many changes before each of the next cycles:
// users move to other departments, spread over the whole directory.
func writeChanges(b *testing.B, dir string, cycles, changes, users int) {
	b.Helper()
	var text strings.Builder
	ids := userIDs(b, dir, cycles*changes, users)
	for c := range cycles {
		for i := range changes {
			fmt.Fprintf(&text, `{"at":"PT%dM","@odata.type":"#microsoft.graph.user","id":%q,"department":"Moved %d"}`+"\n", 40*c+30, ids[c*changes+i], c)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "changes.jsonl"), []byte(text.String()), 0o644); err != nil {
		b.Fatal(err)
	}
}

// userIDs are ids of entitled users, evenly spread over the directory.
func userIDs(b *testing.B, dir string, n, users int) []string {
	b.Helper()
	d, err := directory.Open(b.Context(), filepath.Join(dir, "state", "tenant.db"))
	if err != nil {
		b.Fatal(err)
	}
	var ids []string
	step, at := max(users*9/10/n, 1), 0
	err = d.Each(b.Context(), directory.User, func(o *directory.Object) error {
		if at++; at%step == 0 && o.Entitled {
			ids = append(ids, o.ID)
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	for len(ids) < n {
		ids = append(ids, ids...)
	}
	return ids
}

// incremental compares the CPU time of small cycles at two sizes of the directory.
func incremental(b *testing.B, title string, small, large int) {
	b.Helper()
	const cycles, changes = 21, 100
	url := startNull(b, 0)
	t := newTable(title, "round", fmt.Sprintf("engine CPU a cycle at %d users", small), fmt.Sprintf("at %d", large), "ratio")
	dirs := map[int]string{}
	for _, users := range []int{small, large} {
		dirs[users], _ = linked(b, url, users, max(users/100, 10))
		writeChanges(b, dirs[users], cycles, changes, users)
	}
	var ratios []float64
	for i := range rounds {
		cpu := map[int]time.Duration{}
		order := []int{small, large}
		if i%2 == 1 {
			order = []int{large, small}
		}
		for _, users := range order {
			m := child(b, "engine", engineRun{URL: url, Dir: copied(b, dirs[users]), Parallel: 16, Cycles: cycles, Profile: os.Getenv(profileVariable)})
			if want := int64(cycles * (1 + 2*changes)); m.Requests != want {
				b.Fatalf("%d users: %d requests, want a preflight, a read and a write for each change: %d", users, m.Requests, want)
			}
			cpu[users] = m.CycleCPU
		}
		ratios = append(ratios, cpu[large].Seconds()/cpu[small].Seconds())
		t.row(strconv.Itoa(i+1), millis(cpu[small]), millis(cpu[large]), ratio(ratios[i]))
	}
	t.note("%d cycles with %d changes each, preflight, read and write of each changed user included; the CPU time of the process from the end of the first of "+
		"them to the end of the last, net/http too",
		cycles, changes)
	t.within("CPU time of a cycle, large / small", median(ratios), 0.8, 1.2, "1.00 within 20 %")
	t.write(b)
}

// BenchmarkIncremental shows that the cost of a cycle follows what changed.
func BenchmarkIncremental(b *testing.B) {
	incremental(b, "Incremental cycles with 100 changes, at 10,000 and 200,000 linked users", 10000, 200000)
}

// BenchmarkIdle runs idle cycles: a preflight each, and nothing else.
func BenchmarkIdle(b *testing.B) {
	const users, cycles, year = 100000, 1000, 13140
	url := startNull(b, 0)
	dir, _ := linked(b, url, users, 1000)
	t := newTable("Idle cycles at 100,000 linked users", "round", "1,000 cycles", "CPU", "a cycle", "a year of them (13,140 cycles)")
	var walls []float64
	for i := range rounds {
		m := child(b, "engine", engineRun{URL: url, Dir: copied(b, dir), Parallel: 1, Cycles: cycles})
		if m.Requests != cycles {
			b.Fatalf("%d requests in %d idle cycles (EN-3)", m.Requests, cycles)
		}
		long := child(b, "engine", engineRun{URL: url, Dir: copied(b, dir), Parallel: 1, Cycles: year, Profile: os.Getenv(profileVariable)})
		walls = append(walls, long.Wall.Seconds())
		t.row(strconv.Itoa(i+1), seconds(m.Wall), seconds(m.CPU), millis(m.Wall/cycles), seconds(long.Wall))
	}
	t.note("preflight over loopback included")
	m := median(walls)
	t.ask("a quiet year of 13,140 cycles", fmt.Sprintf("%.1f s (%.1f to %.1f)", m.middle, m.low, m.high), "under 10 s on 2 cores", m.middle < 10)
	t.write(b)
}
