package main

import (
	"context"
	"strconv"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/jobpage"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

type jobSet struct {
	jobState

	Scope             string  `help:"Users and groups in scope: assigned or all." enum:",assigned,all" default:"" placeholder:"assigned|all"`
	NotificationEmail *string `help:"Address for notifications of failures, quarantines and deletions held back. An empty one removes it." placeholder:"ADDRESS"`
	Notify            *bool   `help:"The check box beside the address: send notifications." negatable:""`
	DeleteThreshold   *int64  `help:"Hold back a cycle that would disable or delete more objects." placeholder:"N"`
	PreventDeletion   *bool   `help:"Prevent accidental deletions; --delete-threshold switches it on too." negatable:""`
}

// Help is the example of --help.
func (jobSet) Help() string {
	return `The next run goes by the settings. Flags and --set of a run go before them. A scope that was
narrowed to assigned has an effect after a restart only, as in the service.

Example:

    scimdrill job set --state job --notification-email admin@contoso.example \
        --delete-threshold 10`
}

// Run changes what was given, and shows the settings.
func (c *jobSet) Run(ctx context.Context, a *console.Console) error {
	changes, err := c.changes()
	if err != nil {
		return err
	}
	if len(changes) == 0 && c.Scope == "" {
		return exit.Usage("for example --notification-email ADDRESS", "pass at least one setting")
	}
	return c.open(ctx, a, func(o *engine.Office) error {
		if len(changes) > 0 {
			if err := o.Set(ctx, changes); err != nil {
				return err
			}
		}
		if c.Scope != "" {
			if err := o.Job.ChangeScope(ctx, o.Job.Record().Now, c.Scope == "all"); err != nil {
				return err
			}
		}
		if o.Settings.Cycle.Deletions.On && o.Settings.Notified() == "" {
			a.Say("note: the service prevents accidental deletions only with a notification address (E-225)")
		}
		rows, err := jobpage.Rows(ctx, o)
		for _, r := range rows {
			switch r.Head {
			case "scope", "notification", "deletions":
				printRow(a, r)
			}
		}
		return err
	})
}

// changes are the given settings, by the names of options.
func (c *jobSet) changes() ([]job.AuditDetail, error) {
	var list []job.AuditDetail
	if address := c.NotificationEmail; address != nil {
		if *address != "" {
			if err := outbox.CheckAddress(*address); err != nil {
				return nil, exit.Usage("", "--notification-email: %w", err)
			}
		}
		list = append(list, job.AuditDetail{Key: "notificationEmail", Value: *address})
	}
	if c.Notify != nil {
		list = append(list, job.AuditDetail{Key: "notificationEnabled", Value: strconv.FormatBool(*c.Notify)})
	}
	prevent := c.PreventDeletion
	if n := c.DeleteThreshold; n != nil {
		if *n < 0 {
			return nil, exit.Usage("", "--delete-threshold %d is negative", *n)
		}
		list = append(list, job.AuditDetail{Key: "deleteThreshold", Value: strconv.FormatInt(*n, 10)})
		if prevent == nil {
			on := true
			prevent = &on
		}
	}
	if prevent != nil {
		list = append(list, job.AuditDetail{Key: "preventAccidentalDeletion", Value: strconv.FormatBool(*prevent)})
	}
	return list, nil
}
