package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rivo/uniseg"
)

// screen plays what a terminal would show of what was written: text, the end of a line,
// and the two sequences that mpb sends: so many lines up, and clear what is below.
func screen(t *testing.T, text string) []string {
	t.Helper()
	rows, at := []string{""}, 0
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "\n"); ok {
			at, text = at+1, rest
			if at == len(rows) {
				rows = append(rows, "")
			}
			continue
		}
		if sequence, ok := strings.CutPrefix(text, "\x1b["); ok {
			up, rest, found := strings.Cut(sequence, "A\x1b[J")
			lines, err := strconv.Atoi(up)
			if !found || err != nil || lines > at {
				t.Fatalf("not a sequence of mpb: %q", text)
			}
			at, text = at-lines, rest
			rows = append(rows[:at], "")
			continue
		}
		end := strings.IndexAny(text, "\n\x1b")
		if end < 0 {
			end = len(text)
		}
		rows[at], text = rows[at]+text[:end], text[end:]
	}
	return rows
}

// follow is a progress that the time of a synctest bubble drives.
type follow struct {
	*progress

	out bytes.Buffer
}

func newFollow(live bool, columns int) *follow {
	f := &follow{}
	f.progress = (&console{process: process{
		stderr: &f.out, errTerminal: live, errColumns: func() int { return columns }, now: time.Now,
		getenv: func(string) (string, bool) { return "", false },
	}}).progress()
	f.virtual = func() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }
	return f
}

// passes lets time pass while requests are sent.
func (f *follow) passes(d time.Duration, requests int64) {
	f.a.sent.Add(requests)
	time.Sleep(d)
	synctest.Wait()
}

func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(true, 81)
		defer f.end()
		for i := range int64(20) {
			f.move(position{phase: "cycle 1 users", done: i * 500, total: 20000})
			f.passes(time.Second, 1000)
		}
		rows := screen(t, f.out.String())
		if len(rows) != 2 || rows[1] != "" {
			t.Fatalf("one line a phase, not %q", rows)
		}
		if want := "cycle 1 users       [#########----------] 9,500/20,000  1,000 req/s  5 Jan 08:00"; rows[0] != want {
			t.Errorf("line = %q, want %q", rows[0], want)
		}
		f.line("cycle 1 says something longer than a terminal is wide, which goes on below itself, indented by two")
		f.move(position{phase: "cycle 1 groups", done: 3, total: 8})
		f.passes(time.Second, 1)
		f.end()
		got := strings.Join(screen(t, f.out.String()), "\n")
		if want := `cycle 1 says something longer than a terminal is wide, which goes on below
  itself, indented by two
cycle 1 users: 9,500 of 20,000, 20,000 requests, 20 s
cycle 1 groups: 3 of 8, 1 request, 1.0 s
`; got != want {
			t.Errorf("screen = %s\nwant %s", got, want)
		}
	})
}

// A phase that makes no progress by its own count must not look hung: its rate and its
// clock go on.
func TestProgressOfALongMembership(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(true, 80)
		defer f.end()
		f.move(position{phase: "cycle 1 memberships", done: 1, total: 8, unit: "groups"})
		seen := map[string]bool{}
		for i := range int64(5) {
			f.passes(time.Second, 100*(i+1))
			seen[screen(t, f.out.String())[0]] = true
		}
		f.end()
		if len(seen) != 5 {
			t.Errorf("the line does not move: %v", seen)
		}
	})
}

func TestProgressFitsTheTerminal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, columns := range []int{20, 40, 50, 80, 200} {
			f := newFollow(true, columns)
			defer f.end()
			f.move(position{phase: "cycle 12,345 memberships 組織", done: 123_456, total: 1_000_000, unit: "groups"})
			f.passes(time.Second, 50_000)
			row := screen(t, f.out.String())[0]
			f.end()
			if w := uniseg.StringWidth(row); w == 0 || w >= columns {
				t.Errorf("%d cells on a terminal of %d: %q", w, columns, row)
			}
		}
	})
}

func TestProgressElsewhere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(false, 80)
		defer f.end()
		f.move(position{phase: "source directory", done: 10, text: "16.6 MB read"})
		f.passes(time.Second, 0)
		for i := range int64(25) {
			f.move(position{phase: "cycle 1 users", done: i * 500, total: 20000})
			f.passes(time.Second, 1000)
		}
		f.line("cycle 1 is over")
		f.end()
		f.passes(time.Minute, 0)
		want := `cycle 1 users so far: 4,500 of 20,000, 1,000 req/s, 5 Jan 08:00
cycle 1 users so far: 9,500 of 20,000, 1,000 req/s, 5 Jan 08:00
cycle 1 is over
cycle 1 users: 12,000 of 20,000, 25,000 requests, 25 s
`
		if got := f.out.String(); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	})
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
