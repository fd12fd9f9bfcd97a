package reports

import (
	"fmt"
	"html"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// plainMarkdown escapes text so that it contains no markup, HTML, mention or issue link.
// Mentions and issue links would notify people.
func plainMarkdown(s string) string {
	var b strings.Builder
	for _, r := range layout.Printable(s) {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '@' || r == '#':
			b.WriteRune(r)
			b.WriteString("<!-- -->")
		case strings.ContainsRune("\\`*_{}[]>|~$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return strings.NewReplacer("://", ":<!-- -->//", "www.", "www<!-- -->.").Replace(b.String())
}

// codeMarkdown writes text as inline code, even if it contains backticks.
func codeMarkdown(s string) string {
	s = strings.TrimSpace(layout.Printable(s))
	if s == "" {
		return ""
	}
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// fenceMarkdown writes a code block and truncates long text.
func fenceMarkdown(language, s string) string {
	runes := []rune(strings.TrimRight(s, "\n"))
	if len(runes) > maxBlock {
		runes = append(runes[:maxBlock], []rune("\n… truncated")...)
	}
	text := strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return []rune(layout.Printable(string(r)))[0]
	}, string(runes))
	ticks := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fmt.Sprintf("%s%s\n%s\n%s\n", ticks, language, text, ticks)
}

// summaryMarkdown writes text for a summary element, in which GitHub interprets only HTML.
func summaryMarkdown(s string) string {
	var b strings.Builder
	for _, r := range layout.Printable(s) {
		b.WriteString(html.EscapeString(string(r)))
		if r == '@' || r == '#' {
			b.WriteString("<!-- -->")
		}
	}
	return b.String()
}

// linkMarkdown writes a link for an https URL, and plain text otherwise.
func linkMarkdown(name, url string) string {
	if !strings.HasPrefix(url, "https://") || strings.ContainsAny(url, " ()<>\n") {
		return plainMarkdown(name)
	}
	return "[" + plainMarkdown(name) + "](" + url + ")"
}

// cellMarkdown escapes vertical bars, which would end a table cell even in code.
func cellMarkdown(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, `\|`, "|"), "|", `\|`)
}

// listMarkdown lists names as code, up to a maximum number.
func listMarkdown(names []string, most int) string {
	var list []string
	for _, name := range names[:min(len(names), most)] {
		list = append(list, codeMarkdown(layout.Shorten(name, 80)))
	}
	if left := len(names) - most; left > 0 {
		list = append(list, fmt.Sprintf("%d more", left))
	}
	return strings.Join(list, ", ")
}

func longestRun(s string, r rune) int {
	longest, run := 0, 0
	for _, c := range s {
		if c != r {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
