package exchange

import (
	"net/http"
	"net/url"
	"strings"
)

// forwardable reports whether a proxy can forward a request to a resource below its target. why
// is the reason against it. Servers disagree on how to decode and resolve a path, so a path that any of
// them could resolve to another one is not forwarded (S8).
func forwardable(r *http.Request) (why string, ok bool) {
	if r.Method == http.MethodConnect || r.Method == http.MethodTrace {
		return r.Method + " is not forwarded", false
	}
	path, _, _ := strings.Cut(r.RequestURI, "?")
	if !strings.HasPrefix(path, "/") {
		path = r.URL.EscapedPath() // the absolute form
	}
	if path != "" && !strings.HasPrefix(path, "/") {
		return "the path does not begin with a slash", false
	}
	for range mostEncoded {
		if climbs(path) {
			return "the path contains a segment . or ..", false
		}
		if strings.ContainsFunc(path, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			return "the path contains a control character", false
		}
		plain := decoded(path)
		if plain == path {
			return "", true
		}
		path = plain
	}
	return "the path is encoded too often", false
}

// mostEncoded is how often a path may be encoded.
const mostEncoded = 6

// climbs reports whether a path has a segment that stands for another one: "." or "..", also with
// a parameter behind it (..;x). A backslash separates segments on some servers.
func climbs(path string) bool {
	for segment := range strings.FieldsFuncSeq(path, func(c rune) bool { return c == '/' || c == '\\' || c == '?' || c == '#' }) {
		name, _, _ := strings.Cut(segment, ";")
		if name = strings.TrimSpace(name); name == "." || name == ".." {
			return true
		}
	}
	return false
}

// decoded decodes every valid percent-encoding of a path, and the encodings of characters that
// lenient servers decode too: overlong UTF-8 of a dot or slash, and %uXXXX. The result is shorter
// than the path, or equal to it.
func decoded(path string) string {
	path = strings.NewReplacer(
		"%c0%ae", ".", "%C0%AE", ".", "%C0%ae", ".", "%c0%AE", ".", "%c0%af", "/", "%C0%AF", "/", "%C0%af", "/", "%c0%AF", "/",
		"%u002e", ".", "%u002E", ".", "%u002f", "/", "%u002F", "/", "%u005c", `\`, "%u005C", `\`, "\xc0\xae", ".", "\xc0\xaf", "/",
	).Replace(path)
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '%' && i+2 < len(path) {
			if plain, err := url.PathUnescape(path[i : i+3]); err == nil {
				b.WriteString(plain)
				i += 2
				continue
			}
		}
		b.WriteByte(path[i])
	}
	return b.String()
}
