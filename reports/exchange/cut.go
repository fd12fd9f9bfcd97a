package exchange

import (
	"regexp"
	"strings"
)

// shortestPart is the minimum length of the beginning of a secret that is removed at the end of a
// text that was cut.
const shortestPart = 4

// brokenEscape is an escape sequence that a cut left incomplete.
var brokenEscape = regexp.MustCompile(`(?:%[0-9A-Fa-f]?|\\(?:u[0-9A-Fa-f]{0,3})?|&#?[0-9A-Za-z]{0,8})$`)

// Cut redacts a text that was cut at its end. The cut may have left the beginning of a secret.
func (r *Redactor) Cut(s string) string {
	set := r.set.Load()
	return set.cut(r.Text(s))
}

// cut replaces the beginning of a secret at the end of a text.
func (set *secretSet) cut(s string) string {
	whole := brokenEscape.ReplaceAllString(s, "")
	last := whole[max(0, len(whole)-4*set.longest):]
	for p, more := asPlain(last), true; more; p, more = p.decode() {
		if from := set.unfinished(p.text); from >= 0 {
			return whole[:len(whole)-len(last)+p.at[from]] + Redacted
		}
	}
	return s
}

// unfinished returns where the beginning of a secret at the end of a text begins, or -1.
func (set *secretSet) unfinished(s string) int {
	from := -1
	for _, spelling := range set.plain {
		for n := min(len(spelling)-1, len(s)); n >= shortestPart; n-- {
			if strings.HasSuffix(s, spelling[:n]) {
				if at := len(s) - n; from < 0 || at < from {
					from = at
				}
				break
			}
		}
	}
	return from
}

// ellipses redacts the beginnings of secrets before the marks of texts that were shortened.
func (set *secretSet) ellipses(s string) string {
	if !strings.Contains(s, shortMark) {
		return s
	}
	parts := strings.Split(s, shortMark)
	for i := range parts[:len(parts)-1] {
		text := strings.TrimRight(parts[i], " ")
		parts[i] = set.cut(text) + parts[i][len(text):]
	}
	return strings.Join(parts, shortMark)
}
