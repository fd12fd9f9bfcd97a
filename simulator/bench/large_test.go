package bench

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// largeVariable switches the benchmarks of 1,000,000 users on.
const largeVariable = "SCIMDRILL_BENCH_LARGE"

// BenchmarkLarge loads 1,000,000 users and 10,000 groups and runs their initial cycle; what
// is asked for is the memory.
func BenchmarkLarge(b *testing.B) {
	if os.Getenv(largeVariable) == "" {
		b.Skip("make bench-large runs it")
	}
	const users, groups = 1000000, 10000
	url := startNull(b, 0)
	t := newTable("Initial cycle of 1,000,000 users and 10,000 groups", "what", "time", "rate", "largest resident memory")
	dir := b.TempDir()
	load := child(b, "load", loadRun{Dir: dir, Users: users, Groups: groups})
	t.row("load of the tenant, generated meanwhile", load.Wall.Round(time.Second).String(), perSecond(users, load.Wall)+" users", megabytes(load.MaxRSS))
	m := child(b, "engine", engineRun{URL: url, Dir: dir, Parallel: 16, Cycles: 1})
	t.row("initial cycle", m.Wall.Round(time.Second).String(), fmt.Sprintf("%.0f requests/s", m.rate()), megabytes(m.MaxRSS))
	t.note("%d requests", m.Requests)
	t.ask("largest resident memory of the engine", megabytes(max(m.MaxRSS, load.MaxRSS)), "below 1024 MB", max(m.MaxRSS, load.MaxRSS) < 1<<30)
	t.write(b)
}

// BenchmarkLargeIncremental is the comparison of incremental cycles at the full size.
func BenchmarkLargeIncremental(b *testing.B) {
	if os.Getenv(largeVariable) == "" {
		b.Skip("make bench-large runs it")
	}
	incremental(b, "Incremental cycles with 100 changes, at 10,000 and 1,000,000 linked users", 10000, 1000000)
}
