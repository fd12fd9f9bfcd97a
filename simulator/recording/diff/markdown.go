package diff

import (
	"fmt"
	"strings"
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
		line("| %s | %d | %d (%d) | %s |", x.name, x.f.Requests, x.f.Cycles, x.f.Idle, dialect)
	}
	line("")
	if len(r.Recording.Evidence) > 0 {
		line("Evidence for the dialect of the recording: %s.", strings.Join(r.Recording.Evidence, "; "))
		line("")
	}
	if len(r.Differences) == 0 {
		line("**No difference.**")
	} else {
		line("**Differences: %d**, by rule of the behaviour ledger (docs/why/behaviour.md).", len(r.Differences))
	}
	for _, d := range r.Differences {
		line("")
		line("### %s: %s", d.Rule, inline(d.Title))
		line("")
		text := fmt.Sprintf("Seen %d times.", d.Count)
		if d.Count == 1 {
			text = "Seen once."
		}
		if d.Option != "" {
			text += fmt.Sprintf(" `%s` would explain it.", d.Option)
		}
		line("%s", text)
		for _, x := range d.Examples {
			line("")
			line("%s", inline(x.Where))
			line("")
			fenced(line, "scimdrill", x.Run)
			fenced(line, "recording", x.Recording)
		}
	}
	if len(r.Notes) > 0 {
		line("")
	}
	for _, note := range r.Notes {
		line("- %s", inline(note))
	}
	return b.String()
}

// fenced is a quote that nothing in it can end.
func fenced(line func(string, ...any), name, text string) {
	if text == "" {
		line("%s: nothing", name)
		return
	}
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	line("%s:", name)
	line("%s", fence)
	line("%s", text)
	line("%s", fence)
}

// inline is text that is not taken for markup.
func inline(s string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, "|", `\|`, "#", `\#`).Replace(s)
}
