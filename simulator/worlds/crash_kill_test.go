package worlds_test

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// due reports whether somebody is to be killed now, and whether before the request is served.
func (c *crash) due() (now, before bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away > 0 {
		c.away--
		panic(http.ErrAbortHandler)
	}
	c.left--
	return c.left == 0, c.before
}

// strike kills the victim.
func (c *crash) strike() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kills >= c.most || c.child == nil {
		return
	}
	switch c.victim {
	case killTarget:
		c.kills++
		go func() { // not in a request that it waits for
			c.remote.again()
			if after := c.aim(); after > 0 {
				time.AfterFunc(after, c.strike)
			}
		}()
	case killBoth:
		c.remote.kill()
		_ = c.child.Signal(syscall.SIGKILL)
	default:
		_ = c.child.Signal(syscall.SIGKILL) // it may have come to its end
	}
}

// aim draws when the next kill comes: after some requests, or after a time. A third of all kills come
// within 50 ms after the start.
func (c *crash) aim() (after time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left, c.before = -1, c.rand.IntN(2) == 0
	if c.kills >= c.most {
		return 0
	}
	switch c.rand.IntN(3) {
	case 0:
		return 1 + time.Duration(c.rand.IntN(50_000))*time.Microsecond
	case 1:
		least := 20 * time.Millisecond
		return time.Duration(float64(least) * math.Exp(c.rand.Float64()*math.Log(float64(c.span)/float64(least))))
	}
	c.left = 1 + c.rand.IntN(2*len(c.w.Tenant))
	return 0
}

// through starts the child until its week is over, and kills at most so often.
func (c *crash) through(most int) (kills int) {
	c.t.Helper()
	c.most = most
	for round := 0; ; round++ {
		after := c.aim()
		if round%3 == 2 { // each third time the target cannot be reached at first
			c.mu.Lock()
			c.away = 1 + c.rand.IntN(2)
			c.mu.Unlock()
		}
		killed := c.start(after)
		if killed {
			c.killed = true
			c.kills++
			c.wholeFiles()
			c.job.Pending = c.pending.draw()
			if c.remote != nil {
				c.remote.again()
			}
			if c.kills == 1 {
				c.door.mu.Lock()
				c.first = c.requests
				c.door.mu.Unlock()
			}
			continue
		}
		if c.job.Last {
			return c.kills
		}
		c.job.Last = true
		c.most = c.kills // undisturbed from here on
	}
}

// start starts the child once, and reports whether it was killed.
func (c *crash) start(after time.Duration) bool {
	c.t.Helper()
	text, err := json.Marshal(c.job)
	if err != nil {
		c.t.Fatal(err)
	}
	child := exec.CommandContext(c.t.Context(), os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), "SCIMDRILL_CRASH_JOB="+string(text))
	out := &said{word: crashReady}
	if after > 0 {
		out.then = func() { time.AfterFunc(after, c.strike) }
	}
	child.Stdout, child.Stderr = out, out
	c.mu.Lock()
	err = child.Start()
	c.child = child.Process
	c.mu.Unlock()
	if err != nil {
		c.t.Fatal(err)
	}
	err = child.Wait()
	c.mu.Lock()
	c.child = nil
	c.mu.Unlock()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() && status.Signal() == syscall.SIGKILL {
			return true
		}
	}
	if err != nil {
		c.t.Fatalf("the process broke: %v\n%s", err, out)
	}
	return false
}

// said is what a process says. It calls then once the word comes.
type said struct {
	mu   sync.Mutex
	text []byte
	word string
	then func()
}

// Write keeps what a process says.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = append(s.text, p...)
	if s.then != nil && strings.Contains(string(s.text), s.word) {
		s.then()
		s.then = nil
	}
	return len(p), nil
}

// String is what the process said.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.text)
}
