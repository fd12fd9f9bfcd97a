package exchange

import (
	"net/http"
	"strconv"
	"time"
)

// RetryAfter is the wait that a response asks for: Retry-After in seconds, or as a date that
// is compared with now (RFC 9110 section 10.2.3). ok is false if the header is missing or
// malformed, or if it is a date and now is zero. A date in the past is no wait.
func RetryAfter(h http.Header, now time.Time) (wait time.Duration, ok bool) {
	text := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(text)
	if err != nil || now.IsZero() {
		return 0, false
	}
	return max(at.Sub(now), 0), true
}
