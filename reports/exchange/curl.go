package exchange

import (
	"maps"
	"slices"
	"strings"
)

const continued = " \\\n  "

// Curl returns a command that repeats the request. The command reads the credential from the
// environment variable tokenVariable (SCIMDRILL_TOKEN if empty), so it is safe to paste into
// a ticket. Other redacted headers and parameters become variables, too, such as
// SCIMDRILL_QUERY_KEY. Curl redacts only headers, queries and passwords. The caller must redact
// other secrets first, with [Redactor.Exchange].
func Curl(e *Exchange, tokenVariable string) string {
	if tokenVariable == "" {
		tokenVariable = "SCIMDRILL_TOKEN"
	}
	e = NewRedactor().Exchange(e)
	var b strings.Builder
	b.WriteString("curl -sS -i")
	if e.Method != "GET" {
		b.WriteString(" -X " + shellQuote(e.Method))
	}
	b.WriteString(" " + quotedURL(e.URL))
	for _, name := range slices.Sorted(maps.Keys(e.RequestHeader)) {
		for _, value := range e.RequestHeader[name] {
			writeCurlHeader(&b, name, value, tokenVariable)
		}
	}
	if len(e.RequestBody) > 0 {
		b.WriteString(continued + "--data-raw " + shellQuote(string(e.RequestBody)))
	}
	return b.String()
}

func writeCurlHeader(b *strings.Builder, name, value, tokenVariable string) {
	switch strings.ToLower(name) {
	case "content-length", "accept-encoding", "connection":
		return // curl sets its own
	case "authorization":
		scheme, _, _ := strings.Cut(value, " ")
		if scheme == Redacted {
			scheme = "Bearer"
		}
		b.WriteString(continued + `-H "Authorization: ` + scheme + " $" + tokenVariable + `"`)
	default:
		if value == Redacted {
			b.WriteString(continued + `-H "` + doubleQuoted(name+": ") + "$" + headerVariable(name) + `"`)
			return
		}
		b.WriteString(continued + "-H " + shellQuote(name+": "+value))
	}
}

// shellQuote quotes s as one word of a POSIX shell.
func shellQuote(s string) string {
	if s != "" && strings.IndexFunc(s, needsQuote) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// doubleQuoted escapes what a POSIX shell interprets between double quotes.
func doubleQuoted(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "$", `\$`, "`", "\\`").Replace(s)
}

func needsQuote(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && !strings.ContainsRune("-_./:", r)
}

// quotedURL quotes a URL. Variables of the shell stand in the place of redacted parameters and
// segments, as in [Address.Shown]. A shell does not expand anything else, whatever the URL contains.
func quotedURL(address string) string {
	var b strings.Builder
	done := 0
	for _, at := range redactedParts.FindAllStringSubmatchIndex(address, -1) {
		name := "PATH"
		if at[2] >= 0 {
			name = variableOf("QUERY", unescape(address[max(at[4], 0):max(at[5], 0)]))
		}
		from := at[0] + strings.Index(address[at[0]:at[1]], Redacted)
		b.WriteString(doubleQuoted(address[done:from]) + "${" + variablePrefix + name + "}")
		done = from + len(Redacted)
	}
	if done == 0 {
		return shellQuote(address)
	}
	return `"` + b.String() + doubleQuoted(address[done:]) + `"`
}
