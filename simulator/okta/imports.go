package okta

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// Scheduled is an import, the only reconciliation (O-28 to O-30). It only reads.
func (c *Client) Scheduled(ctx context.Context, s *push.Session) error {
	users, ok, err := c.listAll(ctx, s, "Users", eventImport)
	if err != nil || !ok {
		return err
	}
	groups := 0
	if c.ImportGroups {
		list, ok, err := c.listAll(ctx, s, "Groups", eventGroupImport)
		if err != nil || !ok {
			return err
		}
		groups = len(list)
	}
	links, err := s.Store.Links(ctx, directory.User)
	if err != nil {
		return err
	}
	there, scanned := map[string]bool{}, 0
	for _, u := range users {
		if u.False("active") { // O-29
			continue
		}
		scanned++
		there[u.Text("id")] = true
	}
	known, missing := map[string]bool{}, []push.Link(nil)
	linked := 0
	for _, l := range links {
		if l.Target == "" || !l.Active {
			continue
		}
		linked++
		known[l.Target] = true
		if !there[l.Target] {
			missing = append(missing, l)
		}
	}
	fresh := 0
	for id := range there {
		if !known[id] {
			fresh++
		}
	}
	text := fmt.Sprintf("%d scanned, %d new, %d unchanged, %d removed, %d groups", scanned, fresh, scanned-fresh, len(missing), groups)
	e := push.Entry{Event: eventImport, Action: push.Read, Outcome: push.Success, Reason: text}
	if len(missing) > 0 && float64(len(missing)) >= c.Safeguard/100*float64(linked) {
		e.Outcome, e.Reason = push.Failure, text+"; the import safeguard stopped the import"
		return s.Log(e)
	}
	for _, l := range missing {
		l.Active, l.Target, l.State = false, "", removedByImport
		if err := s.Store.SaveLink(ctx, l); err != nil {
			return err
		}
		s.Touch(l.Num)
	}
	return s.Log(e)
}

// listAll reads all pages of a collection while the total is higher (O-28). ok is false after a failure.
func (c *Client) listAll(ctx context.Context, s *push.Session, collection, event string) (list []push.Object, ok bool, err error) {
	for start := 1; ; start += pageSize {
		a, err := s.Send(ctx, "import", http.MethodGet, "/"+collection, page(start), nil)
		if err != nil {
			return nil, false, err
		}
		total, resources, bad := a.List()
		if !a.OK() || bad != nil {
			why := remote(a)
			if a.OK() {
				why = bad.Error()
			}
			return nil, false, s.Log(push.Entry{Event: event, Action: push.Read, Outcome: push.Failure, Reason: "Import of " + strings.ToLower(collection) + " failed: " + why, Status: a.Status})
		}
		list = append(list, resources...)
		if start+pageSize > total {
			return list, true, nil
		}
	}
}
