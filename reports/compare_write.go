package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

// maxCompared is the number of checks and causes that are listed for each change.
const maxCompared = 25

// WriteText writes the comparison for a terminal.
func (c *Comparison) WriteText(w io.Writer, o TextOptions) error {
	t := newText(o)
	v, mark := c.title(), Passed
	if c.Worse() {
		mark = Failed
	}
	t.line("%s", t.paint(mark.row().style.Strong(), mark.Symbol()+" "+strings.ToUpper(v)))
	t.item("  ", c.figures())
	t.item("  old ", describeRun(c.Old))
	t.item("  new ", describeRun(c.New))
	for _, trend := range trends() {
		t.changed(c, trend)
	}
	return t.writeTo(w)
}

func (t *textWriter) changed(c *Comparison, trend Trend) {
	causes, checks := c.of(trend)
	if len(causes)+len(checks) == 0 {
		return
	}
	t.heading(capitalized(string(trend)))
	for _, k := range causes[:min(len(causes), maxCompared)] {
		t.item("  cause ", k.Title+" ("+k.counts()+")")
	}
	for _, k := range checks[:min(len(checks), maxCompared)] {
		t.item("  check ", k.Key+" "+k.Title+": "+k.outcomes())
	}
	if left := max(0, len(causes)-maxCompared) + max(0, len(checks)-maxCompared); left > 0 {
		t.line("  and %d more", left)
	}
}

// WriteMarkdown writes the comparison for a comment on a pull request.
func (c *Comparison) WriteMarkdown(w io.Writer) error {
	m := &markdownWriter{}
	mark := Passed
	if c.Worse() {
		mark = Failed
	}
	m.line("## %s scimdrill: %s\n", mark.Symbol(), c.title())
	m.line("**%s**\n", markdown.Text(c.figures()))
	m.line("- old: %s\n- new: %s\n", markdown.Text(describeRun(c.Old)), markdown.Text(describeRun(c.New)))
	for _, trend := range trends() {
		m.changed(c, trend)
	}
	if _, err := io.WriteString(w, m.String()); err != nil {
		return fmt.Errorf("write comparison as Markdown: %w", err)
	}
	return nil
}

func (m *markdownWriter) changed(c *Comparison, trend Trend) {
	causes, checks := c.of(trend)
	if len(causes)+len(checks) == 0 {
		return
	}
	m.line("### %s\n", capitalized(string(trend)))
	for _, k := range causes[:min(len(causes), maxCompared)] {
		m.line("- **%s** (%s)", markdown.Text(layout.Shorten(k.Title, 300)), k.counts())
	}
	for _, k := range checks[:min(len(checks), maxCompared)] {
		m.line("- %s %s: %s", markdown.Code(layout.Shorten(k.Key, 80)), markdown.Text(layout.Shorten(k.Title, 200)), k.outcomes())
	}
	if left := max(0, len(causes)-maxCompared) + max(0, len(checks)-maxCompared); left > 0 {
		m.line("- and %d more", left)
	}
	m.line("")
}

// of returns the causes and the checks with a change.
func (c *Comparison) of(trend Trend) (causes []CauseChange, checks []CheckChange) {
	for _, k := range c.Causes {
		if k.Trend == trend {
			causes = append(causes, k)
		}
	}
	for _, k := range c.Checks {
		if k.Trend == trend {
			checks = append(checks, k)
		}
	}
	return causes, folded(checks)
}

// folded makes one line of the subjects of a check that changed alike.
func folded(checks []CheckChange) []CheckChange {
	type alike struct{ id, outcomes string }
	first, more := map[alike]int{}, map[alike]int{}
	var out []CheckChange
	for _, k := range checks {
		of := alike{k.id, k.outcomes()}
		if _, seen := first[of]; seen && k.id != "" {
			more[of]++
			continue
		}
		first[of] = len(out)
		out = append(out, k)
	}
	for of, n := range more {
		out[first[of]].Key += " and " + count(n, "other subject")
	}
	return out
}

func (c *Comparison) title() string {
	switch {
	case c.Worse():
		return "Worse than before"
	case c.Count(TrendBetter) > 0:
		return "Better than before"
	default:
		return "No worse than before"
	}
}

func (c *Comparison) figures() string {
	return fmt.Sprintf("%s worse, %d new, %d better, %d gone, %d unchanged.", count(c.Count(TrendWorse), "check"), c.Count(TrendNew), c.Count(TrendBetter), c.Count(TrendGone), c.Same)
}

// describeRun identifies a report in one line.
func describeRun(r *Report) string {
	text := fmt.Sprintf("run %s of %s", r.Run.ID, r.Target.URL)
	if !r.Timing.Ended.IsZero() {
		text += ", " + virtualTime(r.Timing.Ended)
	}
	return text + ": " + lowered(r.Verdict().Title)
}

// outcomes returns both outcomes: "passed before, now failed".
func (k CheckChange) outcomes() string {
	switch {
	case k.Was == "":
		return string(k.Is)
	case k.Is == "":
		return string(k.Was) + " before"
	case k.OtherCause && k.Was == k.Is:
		return string(k.Is) + " as before, for another cause"
	case k.Known:
		return string(k.Was) + " before, now " + string(k.Is) + " (known)"
	default:
		return string(k.Was) + " before, now " + string(k.Is)
	}
}

// counts returns the numbers of checks of a cause in both reports.
func (k CauseChange) counts() string {
	switch {
	case k.Was == 0:
		return count(k.Is, "check")
	case k.Is == 0:
		return count(k.Was, "check") + " before"
	default:
		return fmt.Sprintf("%s before, now %d", count(k.Was, "check"), k.Is)
	}
}
