package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/replay"
	figures "github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// replayRun is what the player is to do.
type replayRun struct {
	URL      string
	Stream   string // file
	Parallel int
	Streamed bool   // read while it plays, and not before
	Profile  string // file for a CPU profile
}

// runReplay plays a stream in the closed model.
func runReplay(ctx context.Context, run replayRun) (m measure, err error) {
	debug.SetGCPercent(gcPercent)
	source, err := replay.Open(run.Stream, func(string) {})
	if err != nil {
		return m, err
	}
	if !run.Streamed {
		var list []*replay.Request
		for r, err := range source {
			if err != nil {
				return m, err
			}
			list = append(list, r)
		}
		source = func(yield func(*replay.Request, error) bool) {
			for _, r := range list {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
	base, err := url.Parse(run.URL)
	if err != nil {
		return m, err
	}
	recorder := figures.NewRecorder(0)
	p, err := replay.New(replay.Config{
		Base: base, Tenants: []replay.Tenant{{}}, Concurrency: run.Parallel, Timeout: time.Minute, Recorder: recorder, Now: time.Now,
		Transport: &http.Transport{MaxIdleConns: 4096, MaxIdleConnsPerHost: 4096},
	})
	if err != nil {
		return m, err
	}
	stop, err := profile(run.Profile)
	if err != nil {
		return m, err
	}
	defer stop()
	var result *replay.Result
	m, err = timed(func() error {
		var err error
		result, err = p.Play(ctx, source)
		return err
	})
	if err == nil && (result.UnsentTotal() > 0 || recorder.Summary().Errors > 0) {
		err = errors.New("requests failed")
	}
	m.Requests = result.Sent
	return m, err
}

// asStream gives the requests of a recording placeholders for the ids that the null target gives.
func asStream(b *testing.B, requests string) (path string) {
	b.Helper()
	list, err := readRecording(requests)
	if err != nil {
		b.Fatal(err)
	}
	path = filepath.Join(b.TempDir(), "stream.jsonl")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	buffer := bufio.NewWriterSize(f, 1<<20)
	stream := recording.NewStream(buffer)
	for _, r := range list {
		got := httptest.NewRecorder()
		null{}.ServeHTTP(got, httptest.NewRequestWithContext(b.Context(), r.Method, r.Path, bytes.NewReader(r.Body)))
		body := got.Body.Bytes()
		if r.Method == http.MethodPost { // with the name, by which the recording calls the object
			body = append(bytes.TrimSuffix(bytes.TrimSpace(body), []byte("}")), ","+strings.TrimPrefix(string(r.Body), "{")...)
		}
		err := stream.Add(&exchange.Exchange{
			Started: time.Unix(0, 0), Method: r.Method, URL: "http://null.test" + r.Path, RequestHeader: r.Header, RequestBody: r.Body,
			Status: got.Code, ResponseBody: body,
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := errors.Join(buffer.Flush(), f.Close()); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkReplay plays the requests of an initial cycle against the null target, beside the bare
// client with the same requests, in turn.
func BenchmarkReplay(b *testing.B) {
	s := size{8000, 100, 16}
	t := newTable(
		"Replay against a target that takes no time", "round", "replay", "bare client", "ratio", "replay CPU", "bare CPU", "CPU ratio", "read while it plays",
	)
	dir := loadTenant(b, s.users, s.groups)
	requests := record(b, dir, s.parallel)
	stream := asStream(b, requests)
	target := startNull(b, 0)
	var rates, cpus, streamed []float64
	var sent int64
	for i := range rounds {
		var played, file, bare measure
		steps := []func(){
			func() {
				played = child(b, "replay", replayRun{URL: target, Stream: stream, Parallel: s.parallel, Profile: os.Getenv(profileVariable)})
			},
			func() { bare = child(b, "bare", bareRun{URL: target, Requests: requests, Parallel: s.parallel}) },
			func() {
				file = child(b, "replay", replayRun{URL: target, Stream: stream, Parallel: s.parallel, Streamed: true})
			},
		}
		for k := range steps {
			steps[(i+k)%len(steps)]()
		}
		if played.Requests != bare.Requests {
			b.Fatalf("the replay sent %d requests, the bare client %d", played.Requests, bare.Requests)
		}
		sent = bare.Requests
		rates = append(rates, played.rate()/bare.rate())
		cpus = append(cpus, played.CPU.Seconds()/bare.CPU.Seconds())
		streamed = append(streamed, file.rate()/bare.rate())
		t.row(strconv.Itoa(i+1), fmt.Sprintf("%.0f/s", played.rate()), fmt.Sprintf("%.0f/s", bare.rate()), ratio(rates[i]), seconds(played.CPU), seconds(bare.CPU),
			ratio(cpus[i]), ratio(streamed[i]))
	}
	t.note("%s; the ids of responses stand in later requests", s.text(sent))
	t.atLeast("rate of the replay / rate of the bare client", median(rates), 0.95)
	t.atMost("CPU time of the replay / CPU time of the bare client", median(cpus), 1.1)
	t.note("where the stream is read from its file meanwhile, the ratio of the rates is %s", median(streamed).text())
	t.write(b)
}
