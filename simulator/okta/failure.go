package okta

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// remote words a response as tasks do (O-25, O-26).
func remote(a push.Answer) string {
	if a.Status == 0 {
		return a.Why
	}
	reason := http.StatusText(a.Status)
	if reason == "" {
		reason = strconv.Itoa(a.Status)
	}
	text := strings.TrimSpace(string(a.Body))
	if text == "" {
		return reason
	}
	detail := a.Detail()
	if _, err := a.Object(); err != nil {
		token := text
		if i := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$' }); i >= 0 {
			token = text[:max(i, 1)]
		}
		detail = "Invalid JSON: Unrecognized token '" + token + "' ... line: 1, column: " + strconv.Itoa(len(token)+1)
	}
	return reason + ". Errors reported by remote server: " + detail
}

// firstWait is the wait after a 429 that names none (O-22).
const firstWait = 5 * time.Minute

// maxClicks is how often an administrator retries a task.
const maxClicks = 10

// wait is the time until the next attempt by itself; 0 is none (O-22, O-23).
func (c *Client) wait(task push.Task, a push.Answer) time.Duration {
	if a.Status != http.StatusTooManyRequests {
		if c.RetryTasks > 0 && task.Attempts < maxClicks {
			return c.RetryTasks
		}
		return 0
	}
	if task.Attempts+1 >= c.Attempts {
		return 0
	}
	if seconds, err := strconv.Atoi(strings.TrimSpace(a.Header.Get("Retry-After"))); err == nil && seconds >= 0 {
		return max(time.Duration(seconds)*time.Second, time.Second)
	}
	if task.Status == http.StatusTooManyRequests && task.Wait > 0 {
		return 2 * task.Wait
	}
	return firstWait
}

// operation is what failed.
type operation struct {
	event  string
	action push.Action
	before string // of the text of a task
	name   string // of the object
	target string
}

// failed makes a task of a failed operation, and logs it. why is the end of its text.
func (c *Client) failed(ctx context.Context, s *push.Session, o *directory.Object, op operation, a push.Answer, why string) error {
	before, _, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return err
	}
	t, err := s.Fail(ctx, o, op.name, op.before+why, a.Status, c.wait(before, a))
	if err != nil {
		return err
	}
	e := push.Entry{
		Event: op.event, Action: op.action, Outcome: push.Failure, Reason: t.Text, Kind: o.Kind, SourceID: o.ID, Name: op.name, Target: op.target, Status: a.Status,
	}
	if a.Status == http.StatusTooManyRequests {
		limited := e
		limited.Event, limited.Action = "application.integration.rate_limit_exceeded", push.Nothing
		if t.Wait > 0 {
			limited.Outcome, limited.Reason = push.Deferred, "the next attempt is in "+t.Wait.String()
		}
		if err := s.Log(limited); err != nil || t.Wait > 0 {
			return err
		}
	}
	return s.Log(e)
}

// integrationFailure is the event of a request that failed for reasons of the connection (O-27).
func integrationFailure(a push.Answer) string {
	switch a.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return "application.integration.authentication_failure"
	case http.StatusTooManyRequests:
		return "application.integration.rate_limit_exceeded"
	}
	return "application.integration.general_failure"
}
