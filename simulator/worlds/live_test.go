package worlds_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// life is a world as it is lived through: a real target, a real job, and what was seen.
type life struct {
	w        *world
	dir      string
	url      string
	door     *door
	clock    atomic.Pointer[clock.Virtual]
	cfg      engine.Config
	moments  []*moment
	stops    []int64
	cleared  bool // a restart since the watermark was looked at
	last     int64
	db       *sql.DB
	problems []problem
	stopped  int
	before   map[string]bool // target objects that the job did not make
	book     ledger
	told     map[string]bool // target objects that the log tells of
	seen     *figures
	killed   bool            // what was written just before is not in the log
	lost     map[string]bool // target objects whose creation a mishap hid
	unheard  map[string]bool // target objects whose deletion a mishap hid
	target   *target.Target
	// differences are those of the end state of the last run, where it is compared.
	differences []endstate.Difference
	endState    *engine.EndState
	orphans     int // links that lead to one of those, though its source is in scope
}

// problem is what a checker found; check is its name.
type problem struct{ check, text string }

func (l *life) problem(check, format string, args ...any) {
	l.problems = append(l.problems, problem{check, fmt.Sprintf(format, args...)})
}

// moment is an act of the administrator, done once.
type moment struct {
	at   time.Duration
	do   func(context.Context, *job.Job, time.Time) error
	done bool
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// newLife makes target, door and job of a world; dir is a folder of its own.
func newLife(w *world, dir string) (*life, error) {
	l := &life{
		w: w, dir: dir, lost: map[string]bool{}, unheard: map[string]bool{}, before: map[string]bool{}, seen: &figures{}, book: ledger{}, told: map[string]bool{},
	}
	l.clock.Store(clock.NewVirtual(engine.Start()))
	now := func() time.Time { return l.clock.Load().Now() }
	t, err := target.New(target.Options{Seed: w.Seed, Token: "secret", Now: now})
	if err != nil {
		return nil, err
	}
	for _, e := range w.Events {
		switch from, until := engine.Start().Add(minutes(e.Minute)), engine.Start().Add(minutes(e.Until)); e.What {
		case outageEvent:
			t.Outage(from, until)
		case tokenEvent:
			t.RejectToken(from, until)
		case stopEvent:
			l.stops = append(l.stops, int64(e.Writes))
		}
	}
	slices.Sort(l.stops)
	l.target = t
	if l.door, err = newDoor(t, w, now); err != nil {
		return nil, err
	}
	if err := l.populate(); err != nil {
		return nil, err
	}
	l.act()
	l.url = l.door.URL
	return l, l.configure()
}

func (l *life) close() {
	if l.db != nil {
		_ = l.db.Close()
	}
	l.door.Close()
}

// populate makes what was in the target before.
func (l *life) populate() error {
	l.door.calm.Store(true)
	for _, u := range l.w.There {
		req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, l.door.URL+"/Users", strings.NewReader(u.String()))
		if err != nil {
			return err
		}
		req.Header.Set("Authorization", "Bearer secret")
		req.Header.Set("Content-Type", "application/scim+json")
		resp, err := l.door.Client().Do(req)
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
	}
	for _, s := range l.door.take() {
		l.door.faulty.Wrote(s.method, s.path, []byte(s.body))
		var made struct{ ID string }
		if err := json.Unmarshal([]byte(s.answer), &made); err != nil {
			return err
		}
		l.before[made.ID] = true
	}
	l.door.calm.Store(false)
	return nil
}

// act turns events into what an administrator does.
func (l *life) act() {
	add := func(minute int, do func(context.Context, *job.Job, time.Time) error) {
		l.moments = append(l.moments, &moment{at: minutes(minute), do: do})
	}
	for _, e := range l.w.Events {
		switch e.What {
		case pauseEvent:
			add(e.Minute, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Pause(ctx, at) })
		case startEvent:
			add(e.Minute, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) })
		case restartEvent:
			add(e.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
				return l.reset(ctx, j, at, e.Scope)
			})
		case schemaEvent:
			add(e.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
				schema, err := l.schema(e.Schema)
				if err != nil {
					return err
				}
				l.cleared, l.cfg.App.Schema = true, schema
				return j.ChangeSchema(ctx, at, schema)
			})
		case scopeEvent:
			add(e.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
				l.cfg.ScopeAll = e.All
				return j.ChangeScope(ctx, at, e.All)
			})
		}
	}
}

func (l *life) reset(ctx context.Context, j *job.Job, at time.Time, scope string) error {
	s, err := job.ParseScope(scope)
	if err != nil {
		return err
	}
	l.cleared = l.cleared || clears(scope, "Watermark") || l.w.dropsLinks(scope)
	if clears(scope, "ForceDeletes") {
		l.door.note(forceMark)
	}
	return j.Restart(ctx, at, s)
}

// schema is the profile's with other settings; nil are its own.
func (l *life) schema(s *worldSchema) (*syncschema.Schema, error) {
	p, err := fixtures.LoadProfile(l.w.Profile)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return p.ParseSchema()
	}
	return s.export(p)
}

func (l *life) configure() error {
	app, _, err := engine.Builtin(l.w.Profile)
	if err != nil {
		return err
	}
	if app.Schema, err = l.schema(l.w.Schema); err != nil {
		return err
	}
	var tenant, changes bytes.Buffer
	for _, t := range l.w.Tenant {
		fmt.Fprintln(&tenant, t)
	}
	for _, e := range l.w.Events {
		for _, t := range e.Lines {
			fmt.Fprintf(&changes, `{"at":"PT%dM",%s`+"\n", e.Minute, strings.TrimPrefix(t.String(), "{"))
		}
	}
	l.cfg = engine.Config{
		Endpoint: scimclient.Config{TenantURL: l.url + l.w.flag(), Authorization: "Bearer secret"},
		App:      app,
		Tenant:   &tenant, TenantName: "tenant", Dialect: l.w.Dialect, ScopeAll: l.w.ScopeAll, Parallel: l.w.Parallel, Set: l.w.Set,
		Interval: minutes(l.w.every()), Seed: l.w.Seed, RunID: "r" + strconv.FormatUint(l.w.Seed, 10),
		State: filepath.Join(l.dir, "state"), Out: filepath.Join(l.dir, "out"), Transcript: "off", Secrets: []string{"secret"},
	}
	if err := os.MkdirAll(l.cfg.State, 0o755); err != nil {
		return err
	}
	l.cfg.Changes, err = directory.ReadChanges(&changes, "changes")
	return err
}

// run runs the job as it is configured, and again after every stop.
func (l *life) run() error {
	for {
		ctx, cancel := context.WithCancel(context.Background())
		l.door.onWrite = func(n int64) {
			if len(l.stops) > l.stopped && n >= l.stops[l.stopped] {
				cancel()
			}
		}
		l.clock.Store(clock.NewVirtual(engine.Start()))
		deps := engine.Deps{HTTP: l.door.Client(), Clock: l.clock.Load(), Now: time.Now, Ended: func(cycle.Result) { l.watermark() }}
		if l.w.Set["honorRetryAfter"] == "true" {
			deps.TargetNow = l.clock.Load().Now
		}
		for _, m := range l.moments {
			if !m.done {
				deps.Timeline = append(deps.Timeline, job.Moment{At: m.at, Do: func(ctx context.Context, j *job.Job, at time.Time) error {
					m.done = true
					return m.do(ctx, j, at)
				}})
			}
		}
		l.differences = nil
		res, err := engine.Run(ctx, l.cfg, deps)
		if res != nil {
			l.endState = res.EndState
		}
		cancel()
		l.door.note(stopMark)
		l.cfg.Tenant, l.cfg.Restart = nil, nil
		l.watermark()
		if len(l.stops) == l.stopped || !errors.Is(err, context.Canceled) {
			return err
		}
		for len(l.stops) > l.stopped && l.stops[l.stopped] <= l.door.writes.Load() {
			l.stopped++
		}
	}
}

// watermark looks into the job's file after a cycle: it never goes back but by a restart (E-50).
func (l *life) watermark() {
	if l.db == nil {
		db, err := sql.Open("sqlite", "file:"+filepath.Join(l.cfg.State, "job.db")+"?mode=ro")
		if err != nil {
			l.problem("run", "%v", err)
			return
		}
		l.db = db
	}
	var raw string
	if err := l.db.QueryRowContext(context.Background(), "SELECT value FROM record WHERE key = 'job'").Scan(&raw); errors.Is(err, sql.ErrNoRows) {
		return // not committed yet
	} else if err != nil {
		l.problem("run", "read the job's record: %v", err)
		return
	}
	var rec struct{ Watermark int64 }
	if err := json.Unmarshal([]byte(raw), &rec); err != nil {
		l.problem("run", "the job's record: %v", err)
		return
	}
	if rec.Watermark < l.last && !l.cleared {
		l.problem("watermark", "it went from %d to %d, and no restart cleared it", l.last, rec.Watermark)
	}
	if rec.Watermark < l.last {
		l.cleared = false
	}
	l.last = rec.Watermark
}
