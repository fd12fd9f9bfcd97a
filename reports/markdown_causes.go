package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

const maxMarkdownReasons = 20

// causes writes the causes in the order in which to fix them. The first one has its evidence.
func (m *markdownWriter) causes(r *Report) {
	c := r.Conformance
	if len(c.Causes) == 0 {
		return
	}
	m.line("### Fix this first\n")
	for i, cause := range c.Causes[:min(len(c.Causes), maxMarkdownCauses)] {
		title := markdown.Text(layout.Shorten(cause.Title, 300))
		if label := cause.Severity.Label(); label != "" {
			title = markdown.Text(label) + ": " + title
		}
		m.line("%d. **%s** (%s)", i+1, title, listedCode(cause.Checks, 8))
		if effect := cause.effect(); effect != "" {
			m.line("   <br>%s", markdown.Text(layout.Shorten(effect, 300)))
		}
		if cause.Fix != "" {
			m.line("   <br>**Fix:** %s", markdown.Text(layout.Shorten(cause.Fix, 400)))
		}
		if x := cause.Evidence; x != nil {
			request := layout.Shorten(x.Method+" "+shortURL(x.URL, r.Target.URL), 120)
			m.line("   <br>**Evidence:** %s, response %s", markdown.Code(request), markdown.Code(layout.Shorten(x.answer(), 40)))
		}
		if n := len(cause.Blocked); n > 0 {
			m.line("   <br>%s cannot be judged until this is fixed: %s", count(n, "check"), listedCode(cause.Blocked, 8))
		}
	}
	if left := len(c.Causes) - maxMarkdownCauses; left > 0 {
		m.line("\nand %s in the report", count(left, "more cause"))
	}
	m.line("")
}

// evidenceMarkdown writes expected, actual, request and response of a cause as a collapsed section.
func evidenceMarkdown(number int, c Cause, steps []string) string {
	m := &markdownWriter{}
	m.line("<details><summary>Evidence of %d: %s</summary>\n", number, markdown.Summary(layout.Shorten(c.Title, 200)))
	for _, part := range c.versus() {
		m.line("%s:\n\n%s", capitalized(strings.TrimSpace(part.label)), markdown.Fence("", limited(part.text)))
	}
	if len(steps) > 0 {
		m.line("Steps, in order. %s\n\n%s", stepsNote, fenced("sh", inOrder(steps)))
	}
	x := c.Evidence
	m.line("Request:\n\n%s", markdown.Fence("http", x.Method+" "+x.URL+limited(messageText(x.RequestHeader, x.RequestBody))))
	m.line("Response:\n\n%s", markdown.Fence("http", x.answer()+limited(messageText(x.ResponseHeader, x.ResponseBody))))
	m.line("</details>\n")
	return m.String()
}

// messageText returns header lines, an empty line and the body, as they follow a first line.
func messageText(header []Header, body string) string {
	var b strings.Builder
	for _, line := range header {
		fmt.Fprintf(&b, "\n%s: %s", line.Name, strings.Join(strings.Fields(line.Value), " "))
	}
	if body != "" {
		b.WriteString("\n\n" + pretty(body))
	}
	return b.String()
}

// known writes the findings that an expectations file allows.
func (m *markdownWriter) known(c *Conformance) {
	known := c.knownFindings()
	if len(known) == 0 {
		return
	}
	m.line("### Known findings\n")
	for _, check := range known[:min(len(known), maxMarkdownRows)] {
		m.line("- %s %s%s", markdown.Code(layout.Shorten(check.Key(), 80)), check.Accepted.until(), markdown.Text(layout.Shorten(check.Accepted.Reason, 200)))
	}
	if left := len(known) - maxMarkdownRows; left > 0 {
		m.line("- and %s in the report", count(left, "more known finding"))
	}
	m.line("")
}

// unjudged writes what has no verdict, by reason.
func (m *markdownWriter) unjudged(c *Conformance) {
	list := c.unjudged()
	if len(list) == 0 {
		return
	}
	m.line("### Not judged\n")
	for _, u := range list[:min(len(list), maxMarkdownReasons)] {
		text := fmt.Sprintf("- %s: %d (%s)", markdown.Text(layout.Shorten(u.Reason, 300)), len(u.Names), listedCode(u.Names, 8))
		if u.Checks > 0 {
			text += ", " + count(u.Checks, "check")
		}
		m.line("%s", text)
	}
	if left := len(list) - maxMarkdownReasons; left > 0 {
		m.line("- and %s in the report", count(left, "more reason"))
	}
	m.line("")
}
