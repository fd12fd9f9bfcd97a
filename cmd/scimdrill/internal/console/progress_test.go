package console

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
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
	*Progress

	out bytes.Buffer
}

func newFollow(live bool, columns int) *follow {
	f := &follow{}
	f.Progress = New(Process{
		Stdout: io.Discard, Stderr: &f.out, ErrTerminal: live, ErrColumns: func() int { return columns }, Now: time.Now,
		Getenv: func(string) (string, bool) { return "", false },
	}, reports.Tool{}).Progress()
	f.Virtual = func() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }
	return f
}

// passes lets time pass while requests are sent.
func (f *follow) passes(d time.Duration, requests int64) {
	f.con.sent.Add(requests)
	time.Sleep(d)
	synctest.Wait()
}

func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(true, 81)
		defer f.End()
		for i := range int64(20) {
			f.Move(Position{Phase: "cycle 1 users", Done: i * 500, Total: 20000})
			f.passes(time.Second, 1000)
		}
		rows := screen(t, f.out.String())
		if len(rows) != 2 || rows[1] != "" {
			t.Fatalf("one line a phase, not %q", rows)
		}
		if want := "cycle 1 users       [#########----------] 9,500/20,000  1,000 req/s  5 Jan 08:00"; rows[0] != want {
			t.Errorf("line = %q, want %q", rows[0], want)
		}
		f.Line("cycle 1 says something longer than a terminal is wide, which goes on below itself, indented by two")
		f.Move(Position{Phase: "cycle 1 groups", Done: 3, Total: 8})
		f.passes(time.Second, 1)
		f.End()
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

// A phase on real time says how long it will still take, once that can be told.
func TestProgressEstimates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(true, 81)
		defer f.End()
		f.Virtual = nil
		for i := range int64(10) {
			f.Move(Position{Phase: "conformance", Done: 10 * i, Total: 300})
			f.passes(time.Second, 25)
			row := screen(t, f.out.String())[0]
			if said := strings.Contains(row, " left"); said != (i >= 5) && i != 4 {
				t.Errorf("after %d s: %q", i+1, row)
			}
		}
		if row := screen(t, f.out.String())[0]; !strings.HasSuffix(row, "90/300  25 req/s  10 s  ~23s left") {
			t.Errorf("line = %q", row)
		}
	})
}

// A phase that makes no progress by its own count must not look hung: its rate and its
// clock go on.
func TestProgressOfALongMembership(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFollow(true, 80)
		defer f.End()
		f.Move(Position{Phase: "cycle 1 memberships", Done: 1, Total: 8, Unit: "groups"})
		seen := map[string]bool{}
		for i := range int64(5) {
			f.passes(time.Second, 100*(i+1))
			seen[screen(t, f.out.String())[0]] = true
		}
		f.End()
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
			defer f.End()
			f.Move(Position{Phase: "cycle 12,345 memberships 組織", Done: 123_456, Total: 1_000_000, Unit: "groups"})
			f.passes(time.Second, 50_000)
			row := screen(t, f.out.String())[0]
			f.End()
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
		defer f.End()
		f.Move(Position{Phase: "source directory", Done: 10, Text: "16.6 MB read"})
		f.passes(time.Second, 0)
		for i := range int64(25) {
			f.Move(Position{Phase: "cycle 1 users", Done: i * 500, Total: 20000})
			f.passes(time.Second, 1000)
		}
		f.Line("cycle 1 is over")
		f.End()
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
		p := &Process{ErrTerminal: c.terminal, Getenv: func(name string) (string, bool) { v, ok := c.env[name]; return v, ok }}
		if p.live() != c.live || p.colour(c.terminal) != c.color {
			t.Errorf("%s: live %v, colour %v", name, p.live(), p.colour(c.terminal))
		}
	}
}

// The line of a phase, and lines above it, are no way around the guard (S6).
func TestProgressShowsOutsideText(t *testing.T) {
	t.Parallel()
	for _, live := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFollow(live, 80)
			for _, c := range scan.Corpus() {
				f.Move(Position{Phase: c.Text, Total: 2, Text: c.Text, Unit: c.Text})
				time.Sleep(11 * time.Second)
				f.con.Say("%s", c.Text)
				f.Line(c.Text)
			}
			f.End()
			text := regexp.MustCompile("\x1b\\[[0-9]+A\x1b\\[J").ReplaceAll(f.out.Bytes(), []byte("\n"))
			mistakes := scan.Raw(text)
			if !live { // where a line is drawn over itself, no CI service listens
				mistakes = scan.Console(text, false)
			}
			for _, mistake := range mistakes {
				t.Error(mistake)
			}
		})
	}
}
