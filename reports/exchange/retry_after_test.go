package exchange_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	for text, want := range map[string]struct {
		wait time.Duration
		ok   bool
	}{
		"30": {30 * time.Second, true}, "0": {0, true}, "4294967296": {}, "-1": {}, "1.5": {}, "soon": {}, "": {},
		"Mon, 05 Jan 2026 08:02:00 GMT": {2 * time.Minute, true}, "Mon, 05 Jan 2026 07:00:00 GMT": {0, true},
	} {
		h := http.Header{"Retry-After": {text}}
		if wait, ok := exchange.RetryAfter(h, now); wait != want.wait || ok != want.ok {
			t.Errorf("%q: %s, %v", text, wait, ok)
		}
	}
	if _, ok := exchange.RetryAfter(http.Header{"Retry-After": {"Mon, 05 Jan 2026 08:02:00 GMT"}}, time.Time{}); ok {
		t.Error("a date is no wait without the time")
	}
}
