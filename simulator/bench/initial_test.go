package bench

import (
	"bufio"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const rounds = 5

// median is the middle of an odd number of values.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// record runs an initial cycle once and keeps its requests in a file.
func record(b *testing.B, dir string, parallel int) (path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "requests.jsonl")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	buffer := bufio.NewWriterSize(f, 1<<20)
	rec := &recorder{add: make(chan recorded, 1024)}
	written := make(chan error, 1)
	go func() {
		enc := json.NewEncoder(buffer)
		var first error
		for r := range rec.add {
			if err := enc.Encode(r); err != nil && first == nil {
				first = err
			}
		}
		written <- first
	}()
	server := httptest.NewServer(rec)
	_, err = runEngine(b.Context(), engineRun{URL: server.URL, Dir: copied(b, dir), Parallel: parallel, Cycles: 1})
	server.Close()
	close(rec.add)
	if err := <-written; err != nil {
		b.Fatal(err)
	}
	if err != nil {
		b.Fatal(err)
	}
	if err := buffer.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// compare runs engine and bare client in turn.
func compare(b *testing.B, users, groups, parallel int, latency time.Duration) (engine, bare []measure) {
	b.Helper()
	dir := loadTenant(b, users, groups)
	requests := record(b, dir, parallel)
	url := startNull(b, latency)
	for i := range rounds {
		run := func(who int) {
			if who == 0 {
				profile := ""
				if p := os.Getenv("SCIMDRILL_BENCH_PROFILE"); p != "" {
					profile = p
				}
				engine = append(engine, child(b, "engine", engineRun{URL: url, Dir: copied(b, dir), Parallel: parallel, Cycles: 1, Profile: profile}))
			} else {
				bare = append(bare, child(b, "bare", bareRun{URL: url, Requests: requests, Parallel: parallel}))
			}
		}
		run(i % 2) // who begins alternates
		run(1 - i%2)
		b.Logf("round %d: engine %.0f requests/s, %v CPU; bare client %.0f requests/s, %v CPU; %d and %d requests, %d connections, %d MB",
			i+1, engine[i].rate(), engine[i].CPU.Round(time.Millisecond), bare[i].rate(), bare[i].CPU.Round(time.Millisecond), engine[i].Requests, bare[i].Requests, engine[i].Dialled, engine[i].MaxRSS>>20)
	}
	return engine, bare
}

// BenchmarkInitial is an initial cycle of 20,000 users and 200 groups against the null target.
func BenchmarkInitial(b *testing.B) {
	engine, bare := compare(b, 20000, 200, 16, 0)
	var rate, cpu []float64
	for i := range engine {
		rate = append(rate, engine[i].rate()/bare[i].rate())
		cpu = append(cpu, float64(engine[i].CPU-bare[i].CPU)/float64(bare[i].CPU))
	}
	b.Logf("rate %.2f, CPU outside net/http %.2f", median(rate), median(cpu))
}
