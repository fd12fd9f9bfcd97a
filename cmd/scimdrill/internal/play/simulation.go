package play

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
)

// simulation follows a run of the engine for people, for run.json and for the report.
type simulation struct {
	*console.Console

	cfg engine.Config
	run *runs.File
	bar *console.Progress
	// entries is what the report shows of the provisioning log.
	entries entryLog
	// expected is the plan of the first cycle, and watch follows that cycle; nil where none is expected.
	expected *plan.Plan
	watch    *forecast.Watch
	// differences are those of the end state; nil where it is not compared.
	differences *differences
	// ran is how many cycles have ended.
	ran int
	// quarantined is why the last cycle ended in quarantine, if it did.
	quarantined string
}

// cyclesPhase is what is drawn after the first cycle: a long run has thousands of them.
const cyclesPhase = "cycles"

// longPhase is how many objects make a phase of a later cycle worth naming.
const longPhase = 200

// reading shows that a large source directory is being read.
func (s *simulation) reading(r io.Reader) io.Reader {
	if r == nil {
		return nil
	}
	return &watched{Reader: r, seen: func(bytes int64, end bool) {
		s.bar.Move(console.Position{Phase: "source directory", Done: bytes, Text: fmt.Sprintf("%.1f MB read", float64(bytes)/1e6)})
		if end {
			s.bar.Move(console.Position{Phase: "cycle 1 preflight", Text: "Test Connection"})
		}
	}}
}

// watched is a reader that says how much of it was read.
type watched struct {
	io.Reader

	bytes int64
	seen  func(bytes int64, end bool)
}

// Read reads and says so.
func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	w.bytes += int64(n)
	w.seen(w.bytes, errors.Is(err, io.EOF))
	return n, err
}

// progress draws the phases of the first cycle; after it, cycles are what is counted.
func (s *simulation) progress(number int, phase cycle.Phase, done, total int64) {
	if number == 1 {
		s.bar.Move(console.Position{Phase: "cycle 1 " + string(phase), Done: done, Total: total, Unit: unit(phase)})
		return
	}
	if total < longPhase {
		return
	}
	at := s.position()
	at.Text = fmt.Sprintf("cycle %d %s %s/%s", number, phase, console.Grouped(done), console.Grouped(total))
	s.bar.Move(at)
}

// unit is what a phase counts, where its name says something else.
func unit(phase cycle.Phase) string {
	if phase == cycle.PhaseMemberships {
		return "groups"
	}
	return ""
}

// verifying draws how many objects are compared with the target.
func (s *simulation) verifying(done int) {
	if done%100 == 0 {
		s.bar.Move(console.Position{Phase: "end state", Done: int64(done), Text: console.Grouped(int64(done)) + " compared"})
	}
}

// position is how many cycles have ended. A run that ends at an hour is measured by its
// clock: in quarantine there are fewer cycles than the interval gives.
func (s *simulation) position() console.Position {
	at := console.Position{Phase: cyclesPhase, Done: int64(s.ran), Total: int64(s.cfg.Cycles), Whole: true}
	if s.cfg.For > 0 && s.bar.Virtual != nil {
		at.Text = console.Grouped(int64(s.ran))
		passed := s.bar.Virtual().Sub(s.began())
		at.Done, at.Total = int64(min(passed, s.cfg.For)/time.Minute), int64(s.cfg.For/time.Minute)
	}
	return at
}

// began is when the first cycle of this run began.
func (s *simulation) began() time.Time {
	if len(s.run.Cycles) > 0 {
		return s.run.Cycles[0].Began
	}
	return engine.Start()
}

// ended notes the figures of a cycle and prints those that did something.
func (s *simulation) ended(res cycle.Result) {
	s.run.Cycles = append(s.run.Cycles, figures(res))
	s.ran++
	if s.ran == 1 {
		s.bar.End()
	}
	if text := s.summary(res); text != "" {
		s.bar.Line(text)
	}
	if s.ran > 1 {
		s.bar.Move(s.position())
	}
}

// summary is a cycle in a line; a quiet one after the first has none.
func (s *simulation) summary(res cycle.Result) string {
	c := res.Counts
	parts := tally([]tallied{
		{c.Created, "created"},
		{c.Updated, "updated"},
		{c.Disabled, "disabled"},
		{c.Deleted, "deleted"},
		{c.MembersAdded, "added to groups"},
		{c.MembersRemoved, "removed from groups"},
		{c.Failed, "failed"},
	})
	if why := s.quarantine(res); why != "" {
		parts = append(parts, why)
	}
	if len(parts) == 0 {
		if res.Number > 1 {
			return ""
		}
		parts = []string{"nothing to do"}
	}
	return fmt.Sprintf("cycle %d (%s), %s: %s", res.Number, res.Kind, s.when(res.Began), strings.Join(parts, ", "))
}

// quarantine says why a cycle ended in quarantine, once as long as the reason is the same.
func (s *simulation) quarantine(res cycle.Result) string {
	last := s.quarantined
	s.quarantined = ""
	if res.Cause == nil {
		return ""
	}
	s.quarantined = fmt.Sprintf("quarantine (%s): %s", res.Cause.Reason, strings.Join(strings.Fields(res.Cause.Brief()), " "))
	if s.quarantined == last {
		return "still in quarantine"
	}
	return s.quarantined
}

// when is a time of a run: with the day of the week, and after a week with the date.
func (s *simulation) when(at time.Time) string {
	if at.Sub(s.began()) < 7*24*time.Hour {
		return at.UTC().Format("Mon 15:04")
	}
	return at.UTC().Format("2 Jan 15:04")
}
