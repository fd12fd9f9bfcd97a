package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// sweep removes what a journal names from a target, the newest first, so that groups go before their members.
func sweep(ctx context.Context, a *console, client *scimclient.Client, dir string, entries []journal.Entry) (err error) {
	j, err := journal.Open(filepath.Join(dir, journalName))
	if err != nil {
		return unwritten(err)
	}
	defer func() { err = errors.Join(err, unwritten(j.Close())) }()
	bar := a.progress()
	defer bar.end()
	s := &sweeper{client: client}
	slices.Reverse(entries)
	left := 0
	for i, entry := range entries {
		if err := s.remove(ctx, entry); err != nil {
			var f *scimclient.Failure
			if errors.As(err, &f) && (f.Stop != nil || f.Status == 0) {
				return broken("run the same command again; what is removed is not tried twice", "remove %s: %w", describe(entry), err)
			}
			a.say("not removed: %s: %s", describe(entry), a.redact.Text(err.Error()))
			left++
			continue
		}
		if err := j.Gone(entry.Seq); err != nil {
			return unwritten(err)
		}
		bar.step("cleanup", int64(i+1), int64(len(entries)))
	}
	bar.end()
	a.print("removed %d objects, %d were gone already, %d are left", s.removed, len(entries)-s.removed-left, left)
	if left > 0 {
		return &failure{code: reports.ExitFailed, err: fmt.Errorf("%d objects of the run are still in the target", left), hint: "see why above, then run the same command again"}
	}
	return nil
}

func describe(e journal.Entry) string {
	if e.ID != "" {
		return fmt.Sprintf("%s %s (%s %q)", e.Collection, e.ID, e.Attribute, e.Value)
	}
	return fmt.Sprintf("%s with %s %q", e.Collection, e.Attribute, e.Value)
}
