package exchange

import (
	"cmp"
	"net/http"
	"time"
)

// Limits limit one exchange. Zero members mean the defaults of [Limits.OrDefault], except for
// Grace. A response beyond a limit is a Failure, so no command decodes, masks or stores it.
type Limits struct {
	// Timeout covers the whole exchange, from the connection to the last byte of the body. Zero
	// means 60 seconds (W-132).
	Timeout time.Duration
	// Grace is the time that a running exchange may continue after the caller's context ended, so
	// that its result becomes known. Zero ends the exchange immediately.
	Grace time.Duration
	// MaxHeader is the maximum size of a response header in bytes. Zero means 256 KiB.
	MaxHeader int64
	// MaxFields is the maximum number of fields in a response header. Zero means 1,000.
	MaxFields int
	// MaxURL is the maximum length of the URL of a request, which may contain what a target sent.
	// Zero means 16 KiB.
	MaxURL int
	// MaxBody is the maximum body size after decompression. Zero means 10 MiB.
	MaxBody int64
	// MaxDepth is the maximum nesting depth of a JSON body. Zero means 64.
	MaxDepth int
	// MaxValues is the maximum number of members and elements in a JSON body. Zero means 250,000.
	// A user has some fifty.
	MaxValues int
}

// OrDefault returns the limits with a default for each one that is not set.
func (l Limits) OrDefault() Limits {
	return Limits{
		Timeout: cmp.Or(max(0, l.Timeout), 60*time.Second), Grace: l.Grace,
		MaxHeader: cmp.Or(max(0, l.MaxHeader), 256<<10), MaxFields: cmp.Or(max(0, l.MaxFields), 1000),
		MaxURL: cmp.Or(max(0, l.MaxURL), 16<<10), MaxBody: cmp.Or(max(0, l.MaxBody), 10<<20),
		MaxDepth: cmp.Or(max(0, l.MaxDepth), 64), MaxValues: cmp.Or(max(0, l.MaxValues), 250_000),
	}
}

// fits reports whether a response header is within the limits. A transport may limit its size
// too, but not the number of its fields: 80,000 short ones take 20 times their size in memory.
func (l Limits) fits(h http.Header) bool {
	fields, size := 0, int64(0)
	for name, values := range h {
		fields += len(values)
		for _, value := range values {
			size += int64(len(name) + len(value) + len(": \r\n"))
		}
	}
	return fields <= l.MaxFields && size <= l.MaxHeader
}

// shape says what is wrong with the shape of a JSON body, or is empty. It reads the body once
// and decodes nothing. Bodies that are not an object or an array pass.
func (l Limits) shape(body []byte) string {
	if len(body) <= min(l.MaxDepth, l.MaxValues) || !opensJSON(body) {
		return ""
	}
	depth, values, quoted := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth, values = depth+1, values+1
		case c == '}' || c == ']':
			depth--
		case c == ',':
			values++
		}
		switch {
		case depth > l.MaxDepth:
			return "the JSON is nested more deeply than the limit"
		case values > l.MaxValues:
			return "the JSON has more members and elements than the limit"
		}
	}
	return ""
}

// opensJSON reports whether a body begins like a JSON object or array.
func opensJSON(body []byte) bool {
	for _, c := range body {
		switch c {
		case ' ', '\t', '\r', '\n':
		default:
			return c == '{' || c == '['
		}
	}
	return false
}
