package play

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// RehearsalFile is the file of a plan of a client other than Entra.
const RehearsalFile = "plan.json"

// rehearsal is that file.
type rehearsal struct {
	Client string `json:"client"`
	// Offline means that no request was sent, so that nothing was found in the target.
	Offline  bool             `json:"offline"`
	Requests []push.Rehearsed `json:"requests"`
	Failed   []string         `json:"failed,omitempty"`
}

// noTarget is the tenant URL of a plan without a target. Nothing is sent to it.
const noTarget = "http://no-target.test"

// PlanClient works out what a client other than Entra would send next, on a copy of the state, and prints it.
func (r *Run) PlanClient(ctx context.Context, provider push.Provider) (err error) {
	dir, err := os.MkdirTemp("", "scimdrill-plan-")
	if err != nil {
		return exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	if r.Config.State != "" {
		if err := r.copyState(dir); err != nil {
			return err
		}
	}
	cfg, through := r.pushes(), &push.Rehearsal{}
	cfg.State, cfg.Out, cfg.Transcript, cfg.Rehearsal, cfg.Verify = dir, filepath.Join(dir, "out"), "off", true, nil
	cfg.For = 1 // nanosecond: what is due now
	deps := push.Deps{Clock: r.Clock, Now: r.Console.Now, Note: func(text string) { r.Console.Say("note: %s", text) }}
	client := &http.Client{Transport: through}
	if r.Endpoint != nil {
		deps.Authorize = r.Endpoint.Authorizer(r.Console, nil)
		through.Next, through.Base = r.Endpoint.Client.Transport, strings.TrimRight(r.Endpoint.URL.EscapedPath(), "/")
		if through.Next == nil {
			through.Next = http.DefaultTransport
		}
	} else {
		cfg.Endpoint.TenantURL, cfg.Rebind = noTarget, true
	}
	deps.HTTP = client
	plan := rehearsal{Client: provider.Name(), Offline: r.Endpoint == nil}
	res, err := push.Run(ctx, cfg, deps, provider, func(e push.Entry) {
		r.Console.Print("%s", planned(e))
		if e.Outcome == push.Failure {
			plan.Failed = append(plan.Failed, e.Reason)
		}
	})
	if err != nil {
		if res == nil {
			return Misconfigured(err)
		}
		return exit.Broken("", "plan: %w", err)
	}
	plan.Requests = through.Writes()
	r.Console.Print("%s would be sent; nothing was written to the target", console.Counted(len(plan.Requests), "write"))
	if err := runs.WriteJSON(filepath.Join(r.Config.Out, RehearsalFile), plan); err != nil {
		return err
	}
	r.Console.Print("plan: %s", filepath.Join(r.Config.Out, RehearsalFile))
	return nil
}

// planned is an entry in a line.
func planned(e push.Entry) string {
	parts := []string{fmt.Sprintf("%-8s %-5s %s", strings.ToLower(string(e.Action)), e.Kind, e.Name)}
	if e.Outcome != push.Success {
		parts = append(parts, strings.ToLower(e.Outcome)+": "+e.Reason)
	}
	for _, list := range []struct {
		what  string
		names []string
	}{{"changes", e.Changed}, {"adds", e.Added}, {"removes", e.Removed}} {
		if len(list.names) > 0 {
			parts = append(parts, list.what+" "+strings.Join(list.names, ", "))
		}
	}
	return strings.Join(parts, "  ")
}

// copyState copies the files of a state that no other process uses.
func (r *Run) copyState(to string) error {
	lock, err := filelock.Folder(r.Config.State, "lock", r.Config.Command)
	if err != nil {
		return exit.Usage("wait until it ends, or use another state folder", "the state folder %w", err)
	}
	defer func() { _ = lock.Release() }() // a lock file that stays is nobody's
	for _, db := range []string{push.StateFile, "tenant.db"} {
		for _, suffix := range []string{"", "-wal"} {
			data, err := os.ReadFile(filepath.Join(r.Config.State, db+suffix))
			if os.IsNotExist(err) {
				continue
			}
			if err == nil {
				err = os.WriteFile(filepath.Join(to, db+suffix), data, 0o600)
			}
			if err != nil {
				return exit.Broken("", "copy the state: %w", err)
			}
		}
	}
	return nil
}
