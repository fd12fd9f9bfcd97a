package session

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// A rate-limited or busy target does not process the request. The request is repeated at most
// retries times. After that, the check is errored.
const (
	retries = 4
	longest = 30 * time.Second // the maximum wait before a retry
)

// send repeats a request while the target is busy. It returns all exchanges. busy is not empty
// if the target was still busy at the last one.
func (s *Session) send(ctx context.Context, r exchange.Request, path string) (all []*exchange.Exchange, busy error) {
	return s.repeated(ctx, r, path, s.inTurn)
}

// inTurn is reach within the number of requests that may be under way at once.
func (s *Session) inTurn(ctx context.Context, r exchange.Request, path string) *exchange.Exchange {
	if s.slots != nil {
		s.slots <- struct{}{} // soon free: each request has a time limit
		defer func() { <-s.slots }()
	}
	return s.reach(ctx, r, path)
}

// repeated is send by a function that sends once.
func (s *Session) repeated(
	ctx context.Context, r exchange.Request, path string, reach func(context.Context, exchange.Request, string) *exchange.Exchange,
) (all []*exchange.Exchange, busy error) {
	for try := 0; ; try++ {
		x := reach(ctx, r, path)
		if x.Failure == exchange.FailureReset && try == 0 && r.Method != http.MethodPost { // it may have been an idle connection
			x = reach(ctx, r, path)
		}
		all = append(all, x)
		if x.Failure != "" || x.Status != http.StatusTooManyRequests && x.Status != http.StatusServiceUnavailable {
			return all, nil
		}
		d := retryAfter(x, try)
		switch {
		case try == retries:
			return all, fmt.Errorf("returned %d in all %d attempts; hint: if the target has a rate limit, pass --rate", x.Status, try+1)
		case d > longest:
			return all, fmt.Errorf("returned %d and asked to wait %s, longer than the checks wait; hint: if the target has a rate limit, pass --rate", x.Status, d)
		}
		if err := s.wait(ctx, d); err != nil {
			return all, fmt.Errorf("returned %d, and the run ended before the next attempt", x.Status)
		}
	}
}

// retryAfter is the wait before a retry. Retry-After sets it in seconds or as a date (RFC 9110
// section 10.2.3). Without Retry-After, it is one second, then two, four and eight.
func retryAfter(x *exchange.Exchange, try int) time.Duration {
	date, _ := http.ParseTime(x.ResponseHeader.Get("Date")) // zero if it is missing
	if d, ok := exchange.RetryAfter(x.ResponseHeader, date); ok {
		return d
	}
	return time.Second << try
}

// Pause lets time pass for the target, as long as the run lasts.
func (c *Case) Pause(ctx context.Context, d time.Duration) error {
	err := c.session.wait(ctx, d)
	if err == nil {
		c.since.passes(d)
	}
	return err
}

func (s *Session) wait(ctx context.Context, d time.Duration) error {
	if s.cfg.Wait != nil {
		return s.cfg.Wait(ctx, d)
	}
	return s.pause(ctx, d)
}

// pause sleeps.
func (s *Session) pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d) //nolint:forbidigo // the target runs on real time
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
