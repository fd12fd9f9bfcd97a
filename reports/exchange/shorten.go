package exchange

import "strings"

// shortMark stands at the end of a text that was shortened. Before it, a Redactor looks for the
// beginning of a secret.
const shortMark = "…"

// Shorten returns a text of at most the given number of bytes, or its beginning and a mark. A target
// may send megabytes where a report needs a line.
func Shorten(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + shortMark
}
