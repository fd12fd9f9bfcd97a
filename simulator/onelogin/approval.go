package onelogin

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// pending is the status of a task that waits for an approval.
const pending = -1

// maxClicks is how often an administrator retries what failed.
const maxClicks = 10

// held reports that an operation waits for an approval (L-7). It stays Pending until then.
func (c *Client) held(ctx context.Context, s *push.Session, o *directory.Object, op string, retried bool, e push.Entry, link *push.Link) (bool, error) {
	if !c.Approval[op] || retried || !c.Unapproved && c.Approved == 0 {
		return false, nil
	}
	t, had, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return false, err
	}
	if had && t.Status == pending {
		return true, s.Store.SaveLink(ctx, *link)
	}
	t = push.Task{Num: o.Num, Kind: o.Kind, SourceID: o.ID, Name: e.Name, Text: "Pending: the administrator has not approved the " + op, Status: pending, Since: s.Now()}
	if !c.Unapproved {
		t.Due, t.Wait = s.Now().Add(c.Approved), c.Approved
	}
	if err := s.Store.SaveTask(ctx, t); err != nil {
		return false, err
	}
	if err := s.Store.SaveLink(ctx, *link); err != nil {
		return false, err
	}
	e.Outcome, e.Reason = push.Deferred, t.Text
	return true, s.Log(e)
}

// failed makes a task of a failed operation, and logs it.
func (c *Client) failed(ctx context.Context, s *push.Session, o *directory.Object, e push.Entry, a push.Answer, why string) error {
	before, _, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return err
	}
	var wait time.Duration
	if before.Attempts < maxClicks {
		wait = c.RetryFailed
	}
	t, err := s.Fail(ctx, o, e.Name, why, a.Status, wait)
	if err != nil {
		return err
	}
	e.Outcome, e.Reason, e.Status = push.Failure, t.Text, a.Status
	return s.Log(e)
}
