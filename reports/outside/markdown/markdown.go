// Package markdown writes text from outside into a page in GitHub's Markdown (S6). No text can add
// markup, HTML, a link, an image, a mention, a row of a table, or end the block around it.
package markdown

import (
	"regexp"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// nothing separates characters that mean something together, and shows nothing.
const nothing = "<!-- -->"

// Text escapes text for a place with other text, also in a table. Mentions, issue links and
// addresses lose their effect, because they would notify people or become links.
func Text(s string) string {
	var b strings.Builder
	text := strings.TrimSpace(outside.Line(s))
	marker := blockMarker(text)
	for i, r := range text {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '|': // a backslash would be ambiguous behind another one
			b.WriteString("&#124;")
		case r == '@' || r == '#':
			b.WriteRune(r)
			b.WriteString(nothing)
		case i == marker || strings.ContainsRune("\\`*_{}[]>~$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return unlinked(b.String())
}

// blockMarker returns the position of the character that would begin a list or a heading, or -1.
func blockMarker(text string) int {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	rest := text[digits:]
	if rest != "" && (digits > 0 && strings.ContainsRune(".)", rune(rest[0])) || digits == 0 && strings.ContainsRune("-+=", rune(rest[0]))) {
		return digits
	}
	return -1
}

// unlinked breaks what GitHub makes a link without any markup.
func unlinked(s string) string {
	s = strings.ReplaceAll(s, "://", ":"+nothing+"//")
	return regexp.MustCompile(`(?i)(www)\.`).ReplaceAllString(s, "$1"+nothing+".")
}

// Code writes text as inline code, even if it contains backticks. Use [CellCode] in a table.
func Code(s string) string {
	s = strings.TrimSpace(outside.Line(s))
	if s == "" {
		return ""
	}
	ticks := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// CellCode is Code for a table, in which a vertical bar ends a cell even in code.
func CellCode(s string) string {
	if strings.Contains(s, `\|`) { // another backslash would be ambiguous
		return "<code>" + Text(s) + "</code>"
	}
	return strings.ReplaceAll(Code(s), "|", `\|`)
}

// Fence writes a code block that nothing in the text can end.
func Fence(language, s string) string {
	text := outside.Lines(strings.TrimRight(s, "\n"))
	ticks := strings.Repeat("`", max(3, longestRun(text)+1))
	return ticks + language + "\n" + text + "\n" + ticks + "\n"
}

// Summary writes text for a summary element, in which GitHub interprets only HTML.
func Summary(s string) string {
	return strings.NewReplacer("@", "@"+nothing, "#", "#"+nothing, "&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(outside.Line(s))
}

// Link writes a link for an https URL, and plain text otherwise.
func Link(name, url string) string {
	if !strings.HasPrefix(url, "https://") || strings.ContainsAny(url, " ()<>|\\`[]") || outside.Line(url) != url {
		return Text(name)
	}
	return "[" + Text(name) + "](" + url + ")"
}

// longestRun returns the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for _, c := range s {
		if c != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
