package worlds_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// crashOf is how often a process is killed, and how many users it provisions: 5 times at 120,
// or SCIMDRILL_KILLS and SCIMDRILL_CRASH_USERS.
func crashOf(t *testing.T) (kills, users int) {
	t.Helper()
	kills, users = 5, 120
	for name, n := range map[string]*int{"SCIMDRILL_KILLS": &kills, "SCIMDRILL_CRASH_USERS": &users} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		var err error
		if *n, err = strconv.Atoi(text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return kills, users
}

// crashJob is what the parent tells the process that it will kill.
type crashJob struct{ URL, Dir string }

// TestCrash kills a process with kill -9, each time after a number of requests drawn by
// chance, and starts it again until a week of the job is over. The target lives in the parent.
func TestCrash(t *testing.T) {
	t.Parallel()
	kills, users := crashOf(t)
	seed := uint64(1)
	if text := os.Getenv("SCIMDRILL_FIRST_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("SCIMDRILL_FIRST_SEED: %v", err)
		}
	}
	total := 0
	for ; total < kills; seed++ {
		t.Run("seed="+strconv.FormatUint(seed, 10), func(t *testing.T) {
			c := newCrash(t, seed, users)
			total += c.through(kills - total)
			c.check()
		})
		if t.Failed() {
			t.Logf("repeat it with: SCIMDRILL_FIRST_SEED=%d SCIMDRILL_KILLS=%d SCIMDRILL_CRASH_USERS=%d go test -count=1 -run '^TestCrash$' ./simulator/worlds", seed,
				kills, users)
			break
		}
	}
	t.Logf("%d kills at %d users", total, users)
}

// TestCrashChild is the process that is killed; it does nothing unless TestCrash started it.
func TestCrashChild(t *testing.T) {
	text := os.Getenv("SCIMDRILL_CRASH_JOB")
	if text == "" {
		t.Skip("only TestCrash starts this")
	}
	var j crashJob
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(j.Dir, "world.json"))
	if err != nil {
		t.Fatal(err)
	}
	l := life{w: &world{}, dir: j.Dir, url: j.URL}
	if err := json.Unmarshal(raw, l.w); err != nil {
		t.Fatal(err)
	}
	if err := l.configure(); err != nil {
		t.Fatal(err)
	}
	if loaded(t, l.cfg.State) {
		l.cfg.Tenant = nil
	}
	l.cfg.For = minutes(l.w.Cycles * interval)
	transport := &http.Transport{MaxIdleConnsPerHost: l.w.Parallel}
	if _, err := engine.Run(t.Context(), l.cfg, engine.Deps{HTTP: &http.Client{Transport: transport}, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
}

// loaded reports whether the directory holds the tenant already, and perhaps changes since.
func loaded(t *testing.T, dir string) bool {
	t.Helper()
	d, err := directory.Open(t.Context(), filepath.Join(dir, "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	counts, err := d.Counts(t.Context())
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	return counts.Users > 0
}

// crash is one job that is killed again and again.
type crash struct {
	*life
	t      *testing.T
	rand   *rand.Rand
	job    crashJob
	mu     sync.Mutex
	left   int // requests until the kill; negative is no kill
	before bool
	child  *os.Process

	requests, first int // of all, and until the first kill
}

func newCrash(t *testing.T, seed uint64, users int) *crash {
	t.Helper()
	c := &crash{t: t, rand: rand.New(rand.NewPCG(seed, 9))}
	w := crashWorld(t, seed, users)
	dir := t.TempDir()
	var err error
	if c.life, err = newLife(w, dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	c.door.ended = func(s *sent) { // there are too many to be kept
		c.enter(s)
		c.requests++
	}
	inner := c.door.Config.Handler
	c.door.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now, before := c.due()
		if now && before {
			c.kill()
			return
		}
		inner.ServeHTTP(w, r)
		if now {
			c.kill()
		}
	})
	c.job = crashJob{URL: c.door.URL, Dir: dir}
	text, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "world.json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	return c
}

// crashWorld is a generated tenant with a generated week of changes.
func crashWorld(t *testing.T, seed uint64, users int) *world {
	t.Helper()
	o := generate.TenantOptions{Users: users, Groups: max(users/20, 4), Seed: seed}
	w := &world{
		Seed: seed, Cycles: 5 * 24 * 60 / interval, Set: map[string]string{},
		Profile: []string{"goto", "customappsso"}[seed%2], Dialect: []string{"legacy", "optscim"}[seed/2%2], Parallel: []int{16, 1}[seed/4%2],
	}
	if most := 2000; users > most { // else the first cycle alone takes longer than the week (E-301)
		w.Set["timeScale"] = strconv.FormatFloat(float64(most)/float64(users), 'f', 3, 64)
	}
	var tenant, week bytes.Buffer
	if err := errors.Join(generate.Tenant(&tenant, o), generate.Week(&week, o)); err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(tenant.String()) {
		w.Tenant = append(w.Tenant, readLine(t, text))
	}
	for text := range strings.Lines(week.String()) {
		l := readLine(t, text)
		at, err := duration.Parse(l["at"].(string))
		if err != nil {
			t.Fatal(err)
		}
		delete(l, "at")
		w.Events = append(w.Events, event{Minute: int(at / time.Minute), What: sourceEvent, Lines: []line{l}})
	}
	return w
}

func readLine(t *testing.T, text string) line {
	t.Helper()
	var l line
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// check looks at what is left once the job came to its end: the target is as the model says,
// nothing was made twice, and the log tells of everything once.
func (c *crash) check() {
	c.t.Helper()
	c.door.ended = nil // what follows is asked by the test
	c.watermark()
	c.t.Logf("seed %d: %d requests, %d of them after the first kill", c.w.Seed, c.requests, c.requests-c.first)
	s, err := c.converged(modelOf(c.w, c.w.end()), false)
	if err != nil {
		c.t.Fatal(err)
	}
	if len(s.links) < 100 || len(s.escrows) > 0 {
		c.t.Errorf("%d objects are linked, %d are escrowed", len(s.links), len(s.escrows))
	}
	c.killed = true
	c.logWhole()
	for id := range s.owner {
		if !c.told[id] {
			c.problem("log", "the object %s of the target is not in the log", id)
		}
	}
	for id, g := range s.groups {
		for _, m := range membersOf(g) {
			if n := c.book.of("add", id, m).logged; n == 0 {
				c.problem("log", "the membership of %s in %s is not in the log", m, id)
			}
		}
	}
	for _, p := range c.problems[:min(len(c.problems), 20)] {
		c.t.Errorf("%s: %s", p.check, p.text)
	}
}

// due reports whether the child is to die now, and whether before the request is served.
func (c *crash) due() (now, before bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left--
	return c.left == 0, c.before
}

func (c *crash) kill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.child.Signal(syscall.SIGKILL) // it may have come to its end
}

// through starts the child until it comes to its end, and kills it at most so often.
func (c *crash) through(most int) (kills int) {
	c.t.Helper()
	for {
		c.mu.Lock()
		c.left, c.before = -1, c.rand.IntN(2) == 0
		if kills < most {
			c.left = 1 + c.rand.IntN(2*len(c.w.Tenant))
		}
		c.mu.Unlock()
		if !c.start() {
			return kills
		}
		if kills++; kills == 1 {
			c.door.mu.Lock()
			c.first = c.requests
			c.door.mu.Unlock()
		}
	}
}

// start starts the child once and reports whether it was killed.
func (c *crash) start() bool {
	c.t.Helper()
	text, err := json.Marshal(c.job)
	if err != nil {
		c.t.Fatal(err)
	}
	child := exec.CommandContext(c.t.Context(), os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), "SCIMDRILL_CRASH_JOB="+string(text))
	var out safeBuffer
	child.Stdout, child.Stderr = &out, &out
	c.mu.Lock()
	err = child.Start()
	c.child = child.Process
	c.mu.Unlock()
	if err != nil {
		c.t.Fatal(err)
	}
	err = child.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
			return true
		}
	}
	if err != nil {
		c.t.Fatalf("the process broke: %v\n%s", err, &out)
	}
	return false
}

// safeBuffer may be written to from two pipes.
type safeBuffer struct {
	mu   sync.Mutex
	text []byte
}

// Write keeps what a process says.
func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.text = append(b.text, p...)
	return len(p), nil
}

// String is what the process said.
func (b *safeBuffer) String() string { return string(b.text) }
