package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

const rounds = 5

// figure is what the rounds say together.
type figure struct{ low, middle, high float64 }

// median is the middle of an odd number of values, with the least and the largest.
func median(values []float64) figure {
	sorted := slices.Sorted(slices.Values(values))
	return figure{sorted[0], sorted[len(sorted)/2], sorted[len(sorted)-1]}
}

func (f figure) text() string { return fmt.Sprintf("%.2f (%.2f to %.2f)", f.middle, f.low, f.high) }

// apart is by how much the two rounds differ that differ most.
func (f figure) apart() float64 { return f.high/f.low - 1 }

// least is the least CPU time of the rounds. What else a machine does can only add to it.
func least(all []measure) float64 {
	m := all[0].CPU
	for _, a := range all {
		m = min(m, a.CPU)
	}
	return m.Seconds()
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

// compare runs engine and bare client in turn against a target of their own process.
func compare(b *testing.B, t *table, s size, latency time.Duration) (engine, bare []measure) {
	b.Helper()
	dir := loadTenant(b, s.users, s.groups)
	requests := record(b, dir, s.parallel)
	url := startNull(b, latency)
	for i := range rounds {
		run := func(who int) {
			if who == 0 {
				engine = append(engine, child(b, "engine", engineRun{URL: url, Dir: copied(b, dir), Parallel: s.parallel, Cycles: 1, Profile: os.Getenv(profileVariable)}))
			} else {
				bare = append(bare, child(b, "bare", bareRun{URL: url, Requests: requests, Parallel: s.parallel}))
			}
		}
		run(i % 2) // who begins alternates
		run(1 - i%2)
		e, c := engine[i], bare[i]
		if e.Requests != c.Requests {
			b.Fatalf("the engine sent %d requests, the bare client %d", e.Requests, c.Requests)
		}
		t.row(strconv.Itoa(i+1), fmt.Sprintf("%.0f/s", e.rate()), fmt.Sprintf("%.0f/s", c.rate()), ratio(e.rate()/c.rate()),
			seconds(e.CPU), seconds(c.CPU), ratio((e.CPU-c.CPU).Seconds()/c.CPU.Seconds()))
	}
	return engine, bare
}

// profileVariable names a file for the CPU profile of the engine's last round.
const profileVariable = "SCIMDRILL_BENCH_PROFILE"

// size is how large an initial cycle is.
type size struct{ users, groups, parallel int }

func (s size) text(requests int64) string {
	return fmt.Sprintf("%d users, %d groups, %d requests, %d in flight", s.users, s.groups, requests, s.parallel)
}

func compareHead() []string {
	return []string{"round", "engine", "bare client", "ratio", "engine CPU", "bare CPU", "CPU outside net/http / bare CPU"}
}

// BenchmarkInitial is an initial cycle against the null target: what the engine costs.
func BenchmarkInitial(b *testing.B) {
	s := size{20000, 200, 16}
	t := newTable("Initial cycle against a target that takes no time", compareHead()...)
	engine, bare := compare(b, t, s, 0)
	var rate, cpu []float64
	for i := range engine {
		rate = append(rate, engine[i].rate()/bare[i].rate())
		cpu = append(cpu, (engine[i].CPU-bare[i].CPU).Seconds()/bare[i].CPU.Seconds())
	}
	t.note("%s; %s of the requests found a connection open", s.text(bare[0].Requests), percent(1-float64(engine[0].Dialled)/float64(engine[0].Requests)))
	t.atLeast("rate of the engine / rate of the bare client", median(rate), 0.65)
	t.atMost("CPU time of the engine outside net/http / CPU time of the bare client", median(cpu), 1)
	t.asked = append(t.asked,
		fmt.Sprintf("- the same of the least CPU time of either in its five rounds, which other work on the machine disturbs least: **%.2f**",
			least(engine)/least(bare)-1))
	t.write(b)
}

// BenchmarkLatency is the same with 5 ms for each answer: whether the window is kept full.
// The groups are small: the requests about one object follow each other, so that a phase of a
// few large groups cannot keep 16 requests in flight, whoever sends them.
func BenchmarkLatency(b *testing.B) {
	s := size{4000, 800, 16}
	t := newTable("Initial cycle against a target that takes 5 ms", compareHead()...)
	engine, bare := compare(b, t, s, 5*time.Millisecond)
	var rate []float64
	for i := range engine {
		rate = append(rate, engine[i].rate()/bare[i].rate())
	}
	t.note("%s", s.text(bare[0].Requests))
	t.atLeast("rate of the engine / rate of the bare client", median(rate), 0.95)
	t.write(b)
}
