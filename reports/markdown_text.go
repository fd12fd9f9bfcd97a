package reports

import (
	"fmt"
	"html"
	"strings"
)

// plainMarkdown writes text that means nothing but itself: no markup, no HTML, and no
// mention or issue link, which would notify people.
func plainMarkdown(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
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

// codeMarkdown writes text as code in a line, whatever backticks it has.
func codeMarkdown(s string) string {
	s = strings.TrimSpace(printable(s))
	if s == "" {
		return ""
	}
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// fenceMarkdown writes a block of code, shortened where it is long.
func fenceMarkdown(language, s string) string {
	runes := []rune(strings.TrimRight(s, "\n"))
	if len(runes) > maxBlock {
		runes = append(runes[:maxBlock], []rune("\n… shortened")...)
	}
	text := strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return []rune(printable(string(r)))[0]
	}, string(runes))
	ticks := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	return fmt.Sprintf("%s%s\n%s\n%s\n", ticks, language, text, ticks)
}

// summaryMarkdown writes text for a summary element, in which GitHub reads HTML alone.
func summaryMarkdown(s string) string {
	var b strings.Builder
	for _, r := range printable(s) {
		b.WriteString(html.EscapeString(string(r)))
		if r == '@' || r == '#' {
			b.WriteString("<!-- -->")
		}
	}
	return b.String()
}

// linkMarkdown links only where a browser would go by itself.
func linkMarkdown(name, url string) string {
	if !strings.HasPrefix(url, "https://") || strings.ContainsAny(url, " ()<>\n") {
		return plainMarkdown(name)
	}
	return "[" + plainMarkdown(name) + "](" + url + ")"
}

// cellMarkdown keeps a bar from ending the cell of a table, in code too.
func cellMarkdown(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, `\|`, "|"), "|", `\|`)
}

// listMarkdown lists at most so many names as code.
func listMarkdown(names []string, most int) string {
	var list []string
	for _, name := range names[:min(len(names), most)] {
		list = append(list, codeMarkdown(shorten(name, 80)))
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
