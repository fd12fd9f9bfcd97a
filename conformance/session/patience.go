package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// A target that is asked too often, or has no time, says nothing about what was asked: the
// request is sent again, at most retries times, and after that nothing is judged.
const (
	retries = 4
	longest = 30 * time.Second // that is waited before a retry
)

// send sends a request until the target has time for it. All exchanges are returned; busy
// says that the last one is no answer to what was asked.
func (s *Session) send(ctx context.Context, r exchange.Request) (all []*exchange.Exchange, busy string) {
	for try := 0; ; try++ {
		x := s.cfg.Sender.Send(ctx, r)
		all = append(all, x)
		if x.Failure != "" || x.Status != http.StatusTooManyRequests && x.Status != http.StatusServiceUnavailable {
			return all, ""
		}
		d := pause(x, try)
		switch {
		case try == retries:
			return all, fmt.Sprintf("was answered %d, %d times; is there a limit that --rate could keep?", x.Status, try+1)
		case d > longest:
			return all, fmt.Sprintf("was answered %d, and may come again after %s, for which the checks do not wait; is there a limit that --rate could keep?", x.Status, d)
		}
		if err := s.wait(ctx, d); err != nil {
			return all, fmt.Sprintf("was answered %d, and the run ended before it could be sent again", x.Status)
		}
	}
}

// pause is how long a target wants to be left alone: as Retry-After says in seconds or as a
// date (RFC 9110 section 10.2.3), else one second, then two, four, eight.
func pause(x *exchange.Exchange, try int) time.Duration {
	text := x.ResponseHeader.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(text)
	date, err2 := http.ParseTime(x.ResponseHeader.Get("Date"))
	if err == nil && err2 == nil {
		return max(at.Sub(date), 0)
	}
	return time.Second << try
}

func (s *Session) wait(ctx context.Context, d time.Duration) error {
	if s.cfg.Wait != nil {
		return s.cfg.Wait(ctx, d)
	}
	waiting, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	<-waiting.Done()
	if errors.Is(ctx.Err(), context.Canceled) || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ctx.Err()
	}
	return nil
}
