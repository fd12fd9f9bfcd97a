package bound

import (
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// overdue is the error of a command that took longer than Total.
func (b *Bound) overdue() error {
	return exit.Broken("look for this request in the log of the target; --timeout-total sets the limit, and 0 means none",
		"%s did not finish within %s (--timeout-total): %s", b.command, duration.Format(b.limits.Total), b.waiting())
}

// stuck is the error of a command that received no usable response for the time Stalled.
func (b *Bound) stuck() error {
	return exit.Broken("look for this request in the log of the target; --timeout-stalled sets the limit, and 0 means none",
		"%s received no usable response for %s (--timeout-stalled): %s", b.command, duration.Format(b.limits.Stalled), b.waiting())
}

// shortened is a path that a sentence can hold.
func shortened(path string) string {
	const limit = 120
	if len(path) <= limit {
		return path
	}
	return path[:limit] + "…"
}

// waiting says what the command waits for: the request that is under way for longest, or else
// the last response.
func (b *Bound) waiting() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var oldest request
	for _, r := range b.underWay {
		if oldest.what == "" || r.began.Before(oldest.began) {
			oldest = r
		}
	}
	switch {
	case oldest.what != "":
		return fmt.Sprintf("%s was under way for %s", oldest.what, time.Since(oldest.began).Round(time.Second))
	case b.last != "":
		return b.last + ", and no request was under way"
	case b.sent == 0:
		return "no request was sent"
	}
	return fmt.Sprintf("%d requests were sent, and none was under way", b.sent)
}
