package reports

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

const (
	maxSummaryCauses = 6
	maxSummaryMissed = 5
	maxSummaryGroups = 3
	maxSummaryNames  = 3
)

// Outlook describes the next steps after a run.
type Outlook struct {
	// Dir is the folder of the run. Files are the names of the written files.
	Dir   string
	Files []string
	// Cleanup is the command that removes the objects of the run from its target, or "".
	Cleanup string
}

// WriteSummary writes a summary of about one screen for the end of a run. It contains the
// outcome, the fixes, the figures, the next commands and the written files.
func WriteSummary(w io.Writer, r *Report, o TextOptions, next Outlook) error {
	r, next = r.visible(), outside.Every(next, outside.Lines)
	t := newText(o)
	written := t.verdict(r, false)
	if r.Conformance != nil {
		t.causes(r.Conformance, written, maxSummaryCauses, false)
		t.unjudged(r.Conformance, maxSummaryGroups, maxTextNames)
	}
	if r.Conformance != nil && len(r.Conformance.Tables) > 0 {
		t.tables(r.Conformance)
	}
	if r.Simulation != nil {
		t.unmet(r.Simulation)
	}
	if r.Replay != nil {
		t.missed(r.Replay.judged())
	}
	t.figures(r)
	t.next(r, next)
	t.files(next)
	return t.writeTo(w)
}

// unmet writes the expectations of a simulation that were not met, and the objects that wait for a
// retry.
func (t *textWriter) unmet(s *Simulation) {
	if !t.missed(s.judged()) {
		return
	}
	for i := range s.Jobs {
		t.leftToDo(&s.Jobs[i])
	}
}

// missed writes the expectations that were not met, and reports whether there are any.
func (t *textWriter) missed(judged []Expectation) bool {
	missed := slices.DeleteFunc(judged, func(e Expectation) bool { return e.Outcome == Passed })
	if len(missed) == 0 {
		return false
	}
	t.heading("Expectations not met")
	for _, e := range missed[:min(len(missed), maxSummaryMissed)] {
		t.painted(e.Outcome.row().style, "  "+badge(e.Outcome), e.Title+detail(e))
	}
	if left := len(missed) - maxSummaryMissed; left > 0 {
		t.line("  and %s in the report", count(left, "more expectation"))
	}
	return true
}

// leftToDo writes the objects that wait for a retry, and the reason for a quarantine.
func (t *textWriter) leftToDo(j *Job) {
	if len(j.EscrowReasons) > 1 || j.EscrowsTotal > len(j.Escrows) {
		var parts []string
		for _, r := range j.EscrowReasons {
			parts = append(parts, count(r.Objects, "object")+" "+r.Code)
		}
		if len(parts) > 0 {
			t.item("  by reason  ", strings.Join(parts, ", "))
		}
	}
	groups := escrowGroups(j.Escrows)
	for _, g := range groups[:min(len(groups), maxSummaryGroups)] {
		var names []string
		for _, o := range g.Objects[:min(len(g.Objects), maxSummaryNames)] {
			names = append(names, o.Type+" "+layout.Shorten(o.Name, 30))
		}
		if more := len(g.Objects) - maxSummaryNames; more > 0 {
			names = append(names, fmt.Sprintf("%d more", more))
		}
		t.item("  to retry   ", strings.Join(names, ", ")+": "+layout.Shorten(firstOf(g.Error), 2*t.Columns))
	}
	if j.Quarantined && len(j.Quarantines) > 0 {
		q := j.Quarantines[len(j.Quarantines)-1]
		t.item("  quarantine ", fmt.Sprintf("since %s: %s", virtualTime(q.Began), layout.Shorten(firstOf(explain(q.Error, q.Failure)), 2*t.Columns)))
	}
}

// figures writes the counts of the run.
func (t *textWriter) figures(r *Report) {
	t.line("")
	if s := r.Simulation; s != nil {
		for i := range s.Jobs {
			t.simulated(strings.TrimPrefix(lowered(s.heading(i)), "the "), &s.Jobs[i])
		}
		if e := s.EndState; e != nil && e.Impossible == "" {
			t.item("  end state   ", e.Figures())
			for _, remark := range e.Remarks() {
				t.item("              ", remark)
			}
		}
		if len(s.Expectations) > 0 {
			all, met := s.judged(), 0 // the same number as in the other formats
			for _, e := range all {
				if e.Outcome == Passed {
					met++
				}
			}
			t.item("  expected    ", fmt.Sprintf("%d of %s met", met, count(len(all), "expectation")))
		}
	}
	if p := r.Replay; p != nil {
		t.replayed(p)
	}
	if c := r.Conformance; c != nil {
		t.item("  conformance ", strings.Join(c.Profiles, ", ")+": "+c.figures())
	}
}

// simulated writes the figures of a job, one line for each kind, and its ended quarantines.
func (t *textWriter) simulated(label string, j *Job) {
	sum := j.Totals()
	t.item(fmt.Sprintf("  %-12s", label), j.Profile+", "+j.ran()+j.span())
	t.item("              ", fmt.Sprintf("%s created, %s updated, %s disabled, %s deleted",
		thousands(sum.Created), thousands(sum.Updated), thousands(sum.Disabled), thousands(sum.Deleted)))
	t.item("              ", fmt.Sprintf("%s added, %s removed; %s, %s",
		count(sum.MembershipsAdded, "membership"), thousands(sum.MembershipsRemoved), count(sum.Requests, "request"), count(sum.Failed, "failure")))
	for _, q := range j.Quarantines[:min(len(j.Quarantines), maxSummaryGroups)] {
		if !q.Ended.IsZero() {
			t.item("  quarantine  ", fmt.Sprintf("%s to %s, %s", virtualTime(q.Began), virtualTime(q.Ended), q.Reason))
		}
	}
}

// next writes what to open and which commands to run next.
func (t *textWriter) next(r *Report, o Outlook) {
	t.heading("Next")
	if slices.Contains(o.Files, "report.html") {
		t.item("  open    ", filepath.Join(o.Dir, "report.html"))
	}
	if r.Run.Command != "" {
		t.command("  rerun   ", r.Run.Command)
	}
	if o.Cleanup != "" {
		t.command("  cleanup ", o.Cleanup)
	}
}

// files writes the names of the written files.
func (t *textWriter) files(o Outlook) {
	if len(o.Files) == 0 {
		return
	}
	t.heading("Files")
	t.item("  in      ", o.Dir)
	t.item("          ", strings.Join(o.Files, " "))
}
