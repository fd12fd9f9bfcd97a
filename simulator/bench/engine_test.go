package bench

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/pprof"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// engineRun is what the engine is to do: so many cycles of the job whose state is in Dir.
type engineRun struct {
	URL      string
	Dir      string // holds state, out and, if there are any, changes.jsonl
	Parallel int
	Cycles   int
	Profile  string // file for a CPU profile
}

// gcPercent is what the command sets.
const gcPercent = 300

// runEngine runs cycles as `simulate` does, in this process.
func runEngine(ctx context.Context, run engineRun) (measure, error) {
	debug.SetGCPercent(gcPercent)
	cfg, err := engineConfig(run)
	if err != nil {
		return measure{}, err
	}
	var dialled atomic.Int64
	transport := &http.Transport{MaxIdleConns: 4096, MaxIdleConnsPerHost: 4096}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		dialled.Add(1)
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	stop, err := profile(run.Profile)
	if err != nil {
		return measure{}, err
	}
	defer stop()
	var res *engine.Result
	var ends []time.Duration
	m, err := timed(func() error {
		var err error
		res, err = engine.Run(ctx, cfg, engine.Deps{HTTP: &http.Client{Transport: transport}, Now: time.Now, Ended: func(cycle.Result) {
			ends = append(ends, usage())
		}})
		return err
	})
	if n := len(ends); n > 1 {
		m.CycleCPU = (ends[n-1] - ends[0]) / time.Duration(n-1)
	}
	if err != nil {
		return m, err
	}
	for _, c := range res.Cycles {
		m.Requests += c.Counts.Requests
		m.Cycles++
		if c.Counts.Failed > 0 || c.Failed {
			return m, errors.New("objects failed, so the figure means nothing")
		}
	}
	m.Dialled = dialled.Load()
	return m, nil
}

// loadProfileVariable names a file for the CPU profile of a load.
const loadProfileVariable = "SCIMDRILL_BENCH_LOAD_PROFILE"

// profile writes a CPU profile to a file, if one is named, until it is stopped.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

func engineConfig(run engineRun) (engine.Config, error) {
	app, _, err := engine.Builtin("goto")
	if err != nil {
		return engine.Config{}, err
	}
	cfg := engine.Config{
		Endpoint: scimclient.Config{TenantURL: run.URL, Authorization: "Bearer secret"},
		App:      app,
		Cycles:   run.Cycles, Parallel: run.Parallel, Seed: 7, RunID: generate.RunID(7),
		State: filepath.Join(run.Dir, "state"), Out: filepath.Join(run.Dir, "out"),
		Transcript: "failures", Secrets: []string{"secret"},
		Set: map[string]string{"timeScale": "0"}, // cycles begin every 40 minutes, however large the first one is
	}
	changes, err := os.ReadFile(filepath.Join(run.Dir, "changes.jsonl"))
	if err == nil {
		cfg.Changes, err = directory.ReadChanges(bytes.NewReader(changes), "changes.jsonl")
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return cfg, err
	}
	return cfg, nil
}

// loadRun is a tenant to be generated and loaded into the state below Dir.
type loadRun struct {
	Dir           string
	Users, Groups int
}

// runLoad loads a generated tenant, in one transaction.
func runLoad(ctx context.Context, run loadRun) (measure, error) {
	debug.SetGCPercent(gcPercent)
	state := filepath.Join(run.Dir, "state")
	if err := os.MkdirAll(state, 0o755); err != nil {
		return measure{}, err
	}
	stop, err := profile(os.Getenv(loadProfileVariable))
	if err != nil {
		return measure{}, err
	}
	defer stop()
	return timed(func() error {
		r, w := io.Pipe()
		go func() {
			_ = w.CloseWithError(generate.Tenant(w, generate.TenantOptions{Users: run.Users, Groups: run.Groups, Seed: 7}))
		}()
		t, err := directory.Open(ctx, filepath.Join(state, "tenant.db"))
		if err != nil {
			return err
		}
		_, err = t.Load(ctx, r, "generated", engine.Start())
		return errors.Join(err, t.Close())
	})
}

// loadTenant makes a folder with a state that holds a generated tenant and no cycle yet.
func loadTenant(b *testing.B, users, groups int) (dir string) {
	b.Helper()
	dir = b.TempDir()
	child(b, "load", loadRun{Dir: dir, Users: users, Groups: groups})
	return dir
}

// copied is a copy of a folder, so that each round begins with the same state.
func copied(b *testing.B, dir string) string {
	b.Helper()
	to := filepath.Join(b.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		b.Fatal(err)
	}
	return to
}
