package runs

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Sweep removes what a journal names from a target, the newest first, so that groups go before their members.
func Sweep(ctx context.Context, con *console.Console, client *scimclient.Client, dir string, entries []journal.Entry) (err error) {
	j, err := journal.Open(filepath.Join(dir, JournalName))
	if err != nil {
		return exit.Unwritten(err)
	}
	defer func() { err = errors.Join(err, exit.Unwritten(j.Close())) }()
	bar := con.Progress()
	defer bar.End()
	s := &sweeper{client: client}
	slices.Reverse(entries)
	left := 0
	for i, entry := range entries {
		if err := s.remove(ctx, entry); err != nil {
			var f *scimclient.Failure
			if errors.As(err, &f) && (f.Stop != nil || f.Status == 0) {
				return exit.Broken("run the same command again; it continues with the remaining objects", "remove %s: %w", describe(entry), err)
			}
			con.Say("not removed: %s: %s", describe(entry), con.Redact.Text(err.Error()))
			left++
			continue
		}
		if err := j.Gone(entry.Seq); err != nil {
			return exit.Unwritten(err)
		}
		bar.Step("cleanup", int64(i+1), int64(len(entries)))
	}
	bar.End()
	con.Print("removed %d objects, %d were already gone, %d remain", s.removed, len(entries)-s.removed-left, left)
	if left > 0 {
		return &exit.Error{Code: reports.ExitFailed, Err: fmt.Errorf("%d objects of the run are still in the target", left), Hint: "fix the causes listed above, then run the same command again"}
	}
	return nil
}

func describe(e journal.Entry) string {
	if e.ID != "" {
		return fmt.Sprintf("%s %s (%s %q)", e.Collection, e.ID, e.Attribute, e.Value)
	}
	return fmt.Sprintf("%s with %s %q", e.Collection, e.Attribute, e.Value)
}
