package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

const (
	maxTextNames = 4
	maxTextBody  = 3 // lines
)

// verdict writes the verdict. If the first cause is what it rests on, the cause is on the first
// line, and its evidence is below. It returns the number of causes that it wrote.
func (t *textWriter) verdict(r *Report, full bool) int {
	t.target = r.Target.URL
	v := r.Verdict()
	title, style := v.Outcome.Symbol()+" "+strings.ToUpper(v.Title), v.Outcome.row().style.Strong()
	if c := r.Conformance; c == nil || len(c.Causes) == 0 || c.outcomeOf(c.Causes[0]) != v.Outcome {
		t.line("%s", t.paint(style, title))
		t.item("  ", v.Sentence)
		return 0
	}
	cause := r.Conformance.Causes[0]
	lines := layout.Wrap(title+" · "+headline(cause), t.Columns-2)
	rest, ok := strings.CutPrefix(lines[0], title)
	if ok { // a narrow terminal breaks the title itself, which then has no colour
		lines[0] = t.paint(style, title) + rest
	}
	t.line("%s", strings.Join(lines, "\n  "))
	t.cause("  ", r.Conformance, cause, full)
	t.line("")
	sentence := v.Sentence
	if stopped := r.Conformance.Stopped; stopped == cause.Title { // the first line says so
		sentence = strings.TrimSpace(strings.TrimPrefix(sentence, asSentence(stopped)))
	}
	t.item("  ", sentence)
	return 1
}

// headline returns the severity and the title of a cause.
func headline(c Cause) string {
	if label := c.Severity.Label(); label != "" {
		return label + ": " + c.Title
	}
	return c.Title
}

// effect returns what a cause does to customers.
func (c Cause) effect() string { return cmp.Or(c.Effect, c.Severity.Effect()) }

// outcomeOf returns the most urgent outcome of the checks of a cause.
func (c *Conformance) outcomeOf(cause Cause) Outcome {
	if len(cause.Checks) == 0 && c.Stopped != "" {
		return Errored
	}
	worst := Outcome("")
	for _, check := range c.Checks {
		if slices.Contains(cause.Checks, check.Key()) && check.Outcome.row().rank > worst.row().rank {
			worst = check.Outcome
		}
	}
	return worst
}

// causes writes the causes from the given one on, each with its fix.
func (t *textWriter) causes(c *Conformance, from, most int, full bool) {
	if len(c.Causes) <= from {
		return
	}
	t.heading([]string{"Fix this first", "Then fix"}[min(from, 1)])
	for i, cause := range c.Causes[from:min(len(c.Causes), most)] {
		t.item(fmt.Sprintf("%3d. ", from+i+1), headline(cause))
		if full || from+i == 0 {
			t.cause("     ", c, cause, full)
			continue
		}
		for _, part := range cause.versus() {
			t.item("     "+part.label, layout.Shorten(part.text, 2*t.Columns))
		}
		if cause.Fix != "" {
			t.item("     fix      ", cause.Fix)
		}
		t.found("     ", c, cause)
	}
	if left := len(c.Causes) - most; left > 0 {
		t.line("     and %s in the report", count(left, "more cause"))
	}
}

// cause writes all about a cause but its title.
func (t *textWriter) cause(indent string, c *Conformance, cause Cause, full bool) {
	if effect := cause.effect(); effect != "" {
		t.item(indent, effect)
	}
	if x := cause.Evidence; x != nil {
		t.evidence(indent, *x, full)
	}
	for _, part := range cause.versus() {
		t.item(indent+part.label, layout.Shorten(part.text, 6*t.Columns))
	}
	t.steps(indent, c.steps(cause))
	if cause.Fix != "" {
		t.item(indent+"fix      ", cause.Fix)
	}
	t.found(indent, c, cause)
	if repeat := c.repeat(cause); repeat != "" {
		t.command(indent+"retest   ", repeat)
	}
	if explain := c.explain(cause); explain != "" {
		t.command(indent+"explain  ", explain)
	}
}

// evidence writes the deciding request and its response. In short, it shows the media type and
// the beginnings of the bodies.
func (t *textWriter) evidence(indent string, x Exchange, full bool) {
	t.item(indent+"request  ", x.Method+" "+shortURL(x.URL, t.target))
	t.side(indent, x.RequestHeader, x.RequestBody, full)
	status := x.answer()
	if kind := headerValue(x.ResponseHeader, "Content-Type"); kind != "" && !full {
		status += ", " + kind
	}
	t.item(indent+"response ", status)
	t.side(indent, x.ResponseHeader, x.ResponseBody, full)
}

func (t *textWriter) side(indent string, header []Header, body string, full bool) {
	indent += "         "
	if full {
		for _, line := range header {
			t.item(indent, line.Name+": "+line.Value)
		}
	}
	if body != "" {
		t.item(indent, layout.Shorten(body, maxTextBody*(t.Columns-len(indent))))
	}
}

// found names the checks of a cause by outcome, most urgent first, and those that it blocks.
func (t *textWriter) found(indent string, c *Conformance, cause Cause) {
	for _, o := range Outcomes() {
		var keys []string
		for _, check := range c.Checks {
			if check.Outcome == o && slices.Contains(cause.Checks, check.Key()) {
				keys = append(keys, check.Key())
			}
		}
		if len(keys) > 0 {
			t.painted(o.row().style, indent+badge(o), count(len(keys), "check")+": "+listed(keys, maxTextNames))
		}
	}
	if n := len(cause.Blocked); n > 0 {
		t.item(indent+"blocks   ", count(n, "check")+": "+listed(cause.Blocked, maxTextNames))
	}
}

type labelled struct{ label, text string }

// versus returns expected and actual. Equal texts would only confuse, so that actual stands alone.
func (c Cause) versus() []labelled {
	var parts []labelled
	if c.Expected != "" && c.Expected != c.Actual {
		parts = append(parts, labelled{"expected ", c.Expected})
	}
	if c.Actual != "" {
		parts = append(parts, labelled{"actual   ", c.Actual})
	}
	return parts
}

// repeat returns the command that repeats the first check of a cause.
func (c *Conformance) repeat(cause Cause) string {
	for _, key := range cause.Checks {
		i := slices.IndexFunc(c.Checks, func(check Check) bool { return check.Key() == key })
		if i >= 0 && c.Checks[i].Repeat != "" {
			return c.Checks[i].Repeat
		}
	}
	return ""
}

// steps writes the commands of a sequence with their numbers.
func (t *textWriter) steps(indent string, commands []string) {
	for i, command := range commands {
		label := fmt.Sprintf("%s%-8s %d ", indent, map[bool]string{true: "steps"}[i == 0], i+1)
		for line := range strings.SplitSeq(command, "\n") {
			t.line("%s%s", label, line)
			label = strings.Repeat(" ", len(label))
		}
	}
	if len(commands) > 0 {
		t.item(indent+"         ", stepsNote)
	}
}
