package diff

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

// Markdown is the result as it can be pasted into a bug report.
func (r *Result) Markdown(version string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("## Requests of scimdrill compared with the recording")
	line("")
	line("| | requests | cycles (idle) | dialect |")
	line("|---|---|---|---|")
	for _, x := range []struct {
		name string
		f    Facts
	}{{"scimdrill " + version, r.Run}, {"recording", r.Recording}} {
		dialect := x.f.Dialect
		if dialect == "" {
			dialect = "unknown"
		}
		line("| %s | %d | %d (%d) | %s |", markdown.Text(x.name), x.f.Requests, x.f.Cycles, x.f.Idle, markdown.Text(dialect))
	}
	line("")
	if len(r.Recording.Evidence) > 0 {
		line("Evidence for the dialect of the recording: %s.", markdown.Text(strings.Join(r.Recording.Evidence, "; ")))
		line("")
	}
	if len(r.Differences) == 0 {
		line("**No difference.**")
	} else {
		line("**Differences: %d**, by rule of the behaviour ledger (docs/why/behaviour.md).", len(r.Differences))
	}
	for _, d := range r.Differences {
		line("")
		line("### %s: %s", markdown.Text(d.Rule), markdown.Text(d.Title))
		line("")
		text := fmt.Sprintf("Seen %d times.", d.Count)
		if d.Count == 1 {
			text = "Seen once."
		}
		if d.Option != "" {
			text += fmt.Sprintf(" %s would explain it.", markdown.Code(d.Option))
		}
		line("%s", text)
		for _, x := range d.Examples {
			line("")
			line("%s", markdown.Text(x.Where))
			line("")
			fenced(line, "scimdrill", x.Run)
			fenced(line, "recording", x.Recording)
		}
	}
	if len(r.Notes) > 0 {
		line("")
	}
	for _, note := range r.Notes {
		line("- %s", markdown.Text(note))
	}
	return b.String()
}

// fenced writes a quote below its name.
func fenced(line func(string, ...any), name, text string) {
	if text == "" {
		line("%s: nothing", name)
		return
	}
	line("%s:", name)
	line("%s", strings.TrimSuffix(markdown.Fence("", text), "\n"))
}
