package main

import (
	"bytes"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rivo/uniseg"
)

// screen plays what a terminal would show of what was written: each carriage return goes
// back to the first column.
func screen(text string) []string {
	var rows []string
	for line := range strings.SplitSeq(text, "\n") {
		var row []rune
		column := 0
		for _, r := range line {
			switch {
			case r == '\r':
				column = 0
			case column < len(row):
				row[column] = r
				column++
			default:
				row = append(row, r)
				column++
			}
		}
		rows = append(rows, strings.TrimRight(string(row), " "))
	}
	return rows
}

// follow is a progress whose time and requests the test sets.
type follow struct {
	*progress

	out  bytes.Buffer
	time time.Time
	sent atomic.Int64
}

func newFollow(t *testing.T, live bool, columns int) *follow {
	t.Helper()
	f := &follow{time: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	f.progress = &progress{
		w: &f.out, live: live, columns: func() int { return columns }, now: func() time.Time { return f.time },
		sent: &f.sent, virtual: func() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) },
		closed: func() {}, still: true,
	}
	return f
}

// passes lets time pass and requests be sent, then draws.
func (f *follow) passes(d time.Duration, requests int64) {
	f.time = f.time.Add(d)
	f.sent.Add(requests)
	f.tick()
}

func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	f := newFollow(t, true, 80)
	f.move(position{phase: "cycle 1 users", total: 20000})
	for i := range int64(20) {
		f.move(position{phase: "cycle 1 users", done: i * 500, total: 20000})
		f.passes(time.Second, 1000)
	}
	rows := screen(f.out.String())
	if len(rows) != 1 {
		t.Fatalf("one line a phase, not %q", rows)
	}
	if want := "cycle 1 users       [########----------] 9,500/20,000  1,000 req/s  5 Jan 08:00"; rows[0] != want {
		t.Errorf("line = %q, want %q", rows[0], want)
	}
	f.line("cycle 1 says something longer than a terminal is wide, which goes on below itself, indented by two")
	f.move(position{phase: "cycle 1 groups", done: 3, total: 8})
	f.passes(time.Second, 1)
	f.end()
	got := strings.Join(screen(f.out.String()), "\n")
	if want := `cycle 1 says something longer than a terminal is wide, which goes on below
  itself, indented by two
cycle 1 users: 9,500 of 20,000, 20,000 requests, 20 s
cycle 1 groups: 3 of 8, 1 request, 1.0 s
`; got != want {
		t.Errorf("screen = %s\nwant %s", got, want)
	}
	if strings.Contains(f.out.String(), "\x1b") {
		t.Error("escape sequences reach the terminal")
	}
}

// A phase that makes no progress by its own count must not look hung: its time and its
// requests go on.
func TestProgressOfALongMembership(t *testing.T) {
	t.Parallel()
	f := newFollow(t, true, 80)
	f.move(position{phase: "cycle 1 memberships", done: 1, total: 8, unit: "groups"})
	seen := map[string]bool{}
	for i := range int64(5) {
		f.passes(time.Second, 100*(i+1))
		seen[screen(f.out.String())[0]] = true
	}
	if len(seen) != 5 {
		t.Errorf("the line does not move: %v", seen)
	}
}

func TestProgressFitsTheTerminal(t *testing.T) {
	t.Parallel()
	for _, columns := range []int{20, 40, 50, 80, 200} {
		f := newFollow(t, true, columns)
		f.move(position{phase: "cycle 12,345 memberships 組織", done: 123_456, total: 1_000_000, unit: "groups"})
		f.passes(time.Second, 50_000)
		for _, row := range screen(f.out.String()) {
			if w := uniseg.StringWidth(row); w >= columns {
				t.Errorf("%d cells on a terminal of %d: %q", w, columns, row)
			}
		}
	}
}

func TestProgressElsewhere(t *testing.T) {
	t.Parallel()
	f := newFollow(t, false, 80)
	f.move(position{phase: "source directory", done: 10, text: "16.6 MB read"})
	f.passes(time.Second, 0)
	f.move(position{phase: "cycle 1 users", total: 20000})
	for i := range int64(25) {
		f.move(position{phase: "cycle 1 users", done: i * 500, total: 20000})
		f.passes(time.Second, 1000)
	}
	f.line("cycle 1 is over")
	f.end()
	want := `cycle 1 users: 4,500 of 20,000 so far, 10,000 requests, 1,000 a second, 5 Jan 08:00
cycle 1 users: 9,500 of 20,000 so far, 20,000 requests, 1,000 a second, 5 Jan 08:00
cycle 1 is over
cycle 1 users: 12,000 of 20,000, 25,000 requests, 25 s
`
	if got := f.out.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// Where a line is drawn over itself, and where colours are used.
func TestTerminals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env         map[string]string
		terminal    bool
		live, color bool
	}{
		"a terminal":             {terminal: true, live: true, color: true},
		"no terminal":            {},
		"NO_COLOR":               {env: map[string]string{"NO_COLOR": "1"}, terminal: true, live: true},
		"an empty NO_COLOR":      {env: map[string]string{"NO_COLOR": ""}, terminal: true, live: true, color: true},
		"TERM=dumb":              {env: map[string]string{"TERM": "dumb"}, terminal: true},
		"CI with a terminal":     {env: map[string]string{"CI": "true"}, terminal: true, color: true},
		"CI=false is none":       {env: map[string]string{"CI": "false"}, terminal: true, live: true, color: true},
		"no terminal, a CI also": {env: map[string]string{"CI": "1"}},
	} {
		p := &process{errTerminal: c.terminal, getenv: func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }}
		if p.live() != c.live || p.colour(c.terminal) != c.color {
			t.Errorf("%s: live %v, colour %v", name, p.live(), p.colour(c.terminal))
		}
	}
}

// TestRunOnATerminal runs a whole command on a terminal and without one.
func TestRunOnATerminal(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		url, _ := serveTarget(t, nil)
		r := invocation{env: withToken(), prepare: func(p *process) {
			p.errTerminal, p.outTerminal = terminal, terminal
		}}.run(t, "simulate", "--target", url, "--generate", "users=20,groups=2", "--seed", "7", "--out", t.TempDir())
		r.want(t, 0)
		rows := strings.Join(screen(r.stderr), "\n")
		for _, want := range []string{`(?m)^cycle 1 users: 20 of 20, 40 requests, `, `(?m)^cycle 1 memberships: 2 of 2 groups, `, `(?m)^cycles: 3 of 3, `} {
			if !regexp.MustCompile(want).MatchString(rows) {
				t.Errorf("terminal %v: no line %s in\n%s", terminal, want, rows)
			}
		}
		if !terminal && strings.ContainsAny(r.stdout+r.stderr, "\r\x1b") {
			t.Errorf("control codes without a terminal: %q", r.stderr)
		}
	}
}
