package worlds_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/engine"
)

// crashPlan is how often what is killed, and how many users the job provisions.
type crashPlan struct {
	kills map[string]int // by victim
	users int
	first uint64
}

// The victims of TestCrash.
const (
	killProgram = "program"
	killTarget  = "target"
	killBoth    = "both"
)

// crashOf reads the plan: some kills at 120 users, or what the variables of the Makefile say.
func crashOf(t *testing.T) crashPlan {
	t.Helper()
	number := func(name string, otherwise int) int {
		text := os.Getenv(name)
		if text == "" {
			return otherwise
		}
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n
	}
	return crashPlan{
		kills: map[string]int{
			killProgram: number("SCIMDRILL_KILLS", 4), killTarget: number("SCIMDRILL_TARGET_KILLS", 1), killBoth: number("SCIMDRILL_BOTH_KILLS", 1),
		},
		users: number("SCIMDRILL_CRASH_USERS", 120), first: uint64(max(number("SCIMDRILL_FIRST_SEED", 1), 1)),
	}
}

// crashTally is what the lives of one victim came to.
type crashTally struct{ kills, missing, twice, gaps, doubles, untold int }

// TestCrash (S1) kills the process of a job, its target, or both with kill -9: within 50 ms after the
// start, at a random instant, or at a request. It starts them again, with changes of the source in
// between, until the week of the job is over. What is left then equals the model and a job that was
// never killed.
func TestCrash(t *testing.T) {
	t.Parallel()
	plan := crashOf(t)
	for _, victim := range []string{killProgram, killTarget, killBoth} {
		t.Run(victim, func(t *testing.T) {
			var sum crashTally
			for seed := plan.first; sum.kills < plan.kills[victim]; seed++ {
				t.Run("seed="+strconv.FormatUint(seed, 10), func(t *testing.T) {
					c := newCrash(t, seed, plan.users, victim)
					sum.kills += c.through(plan.kills[victim] - sum.kills)
					c.check(&sum)
				})
				if t.Failed() {
					t.Logf("to repeat it: make crash FIRST=%d CRASH_USERS=%d", seed, plan.users)
					break
				}
			}
			t.Logf("%s at %d users: %d kills, %d missing, %d twice, %d log gaps, %d log doubles, %d objects without entry",
				victim, plan.users, sum.kills, sum.missing, sum.twice, sum.gaps, sum.doubles, sum.untold)
		})
	}
}

// crashJob is what the parent tells the process that it will kill.
type crashJob struct {
	URL, Dir string
	Pending  []line // the source as it changed while no process ran
	Last     bool   // the job goes on until nothing is due any more
}

// afterwards is how long a job goes on after its week: longer than every retry of what failed.
const afterwards = 10 * day

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
	fmt.Println(crashReady)
	if err := l.configure(); err != nil {
		t.Fatal(err)
	}
	if loaded(t, l.cfg.State) {
		l.cfg.Tenant = linesOf(j.Pending)
	}
	l.cfg.For = minutes(l.w.end())
	if j.Last {
		l.cfg.For += minutes(afterwards)
	}
	transport := &http.Transport{MaxIdleConnsPerHost: l.w.Parallel}
	if _, err := engine.Run(t.Context(), l.cfg, engine.Deps{HTTP: &http.Client{Transport: transport}, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
}

// crashReady is what a child says before it opens its state.
const crashReady = "the job begins"

// crash is one job that is killed again and again.
type crash struct {
	*life
	t       *testing.T
	victim  string
	rand    *rand.Rand
	job     crashJob
	remote  *remote // nil where the target lives in this process
	pending *pending
	span    time.Duration // about as long as an initial cycle takes

	mu     sync.Mutex
	left   int // requests until the kill; 0 or less is no kill
	before bool
	away   int // requests that find no target
	child  *os.Process
	kills  int
	most   int

	requests, first int // of all, and until the first kill
}

func newCrash(t *testing.T, seed uint64, users int, victim string) *crash {
	t.Helper()
	c := &crash{t: t, victim: victim, rand: rand.New(rand.NewPCG(seed, 9)), span: time.Duration(users) * 3 * time.Millisecond}
	w := crashWorld(t, seed, users)
	c.pending = newPending(w, c.rand)
	dir := t.TempDir()
	var err error
	if c.life, err = newLife(w, dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.close)
	if victim != killProgram {
		c.remote = newRemote(t, w.Seed, filepath.Join(dir, "target.jsonl"))
		c.door.target = c.remote
	}
	c.door.ended = func(s *sent) { // there are too many to be kept
		c.enter(s)
		c.requests++
	}
	inner := c.door.Config.Handler
	c.door.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now, before := c.due()
		if now && before {
			c.strike()
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
		if now {
			c.strike()
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
