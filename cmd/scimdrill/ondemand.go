package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

type ondemandCommand struct {
	endpoint.Flags
	AdoptExisting bool `help:"Also write to objects that were in the target before, as Entra does, on a host that is not loopback." group:"Target"`

	User     string   `help:"User to provision: id, userPrincipalName, mail or displayName." placeholder:"NAME"`
	Group    string   `help:"Group to provision: id or displayName." placeholder:"NAME"`
	Member   []string `help:"Member of the group to write; up to five, repeatable." placeholder:"NAME" sep:"none"`
	Profile  string   `help:"Built-in application; see scimdrill profiles." default:"customappsso" placeholder:"NAME"`
	Schema   string   `help:"Synchronization schema exported from Graph, instead of a profile's." placeholder:"FILE"`
	Tenant   string   `help:"Source directory as JSON lines." placeholder:"FILE"`
	Generate string   `help:"Source directory to generate, such as users=1000,groups=50." placeholder:"COUNTS"`
	Dialect  string   `help:"How changes become requests (default: that of the application); a flag in the tenant URL has no effect on demand." placeholder:"NAME"`
	Scope    string   `help:"assigned or all." enum:"assigned,all" default:"assigned"`
	Rate     float64  `help:"Requests a second; 0 is no limit on loopback and 25 elsewhere." placeholder:"N"`
	State    string   `help:"Folder that keeps the job between runs." placeholder:"DIR"`
	Seed     *uint64  `help:"Makes the run repeatable." placeholder:"N"`
	Set      []string `help:"Documented choice; see simulate --list-options. Repeatable." placeholder:"OPTION=VALUE" sep:"none"`
	JSON     bool     `name:"json" help:"Print the answer of Graph's provisionOnDemand."`
	Out      string   `help:"Folder for log, job, audit log and requests." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (ondemandCommand) Help() string {
	return `Scope, matching, mapping and requests are those of a cycle. Without --state there is no
job yet, so the target is asked for everything; a failure is not tried again.

Example:

    SCIMDRILL_TOKEN=secret scimdrill ondemand --target http://127.0.0.1:8080 \
        --tenant tenant.jsonl --state job --user ada@contoso.example`
}

// Run checks everything, then provisions.
func (c *ondemandCommand) Run(ctx context.Context, a *console.Console) error {
	if (c.User == "") == (c.Group == "") {
		return exit.Usage("for example --user ada@contoso.example, or --group Sales --member ada@contoso.example", "give one user or one group (E-280)")
	}
	if len(c.Member) > 0 && c.User != "" {
		return exit.Usage("pick members with --group", "--member belongs to a group; --user names a user (E-280)")
	}
	s := &simulateCommand{
		Flags: c.Flags, AdoptExisting: c.AdoptExisting, Profile: c.Profile, Schema: c.Schema, Tenant: c.Tenant, Generate: c.Generate,
		Dialect: c.Dialect, Scope: c.Scope, Rate: c.Rate, State: c.State, Set: c.Set, Out: c.Out, Cycles: 1, Parallel: 1, Transcript: "all",
	}
	e, err := s.OpenForWriting(a)
	if err != nil {
		return err
	}
	cfg, err := s.config(e)
	if err != nil {
		return err
	}
	id := runs.Identify(a, c.Seed)
	cfg.Seed, cfg.RunID = id.Seed, id.RunID
	leave, err := s.enter(&cfg)
	if err != nil {
		return err
	}
	defer leave()
	r, err := runs.Start(a, c.Out, id, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error { return c.provision(ctx, a, e, cfg) })
}

func (c *ondemandCommand) provision(ctx context.Context, a *console.Console, e *endpoint.Endpoint, cfg simulator.Config) error {
	deps := simulator.Deps{HTTP: e.Client, Clock: clock.NewVirtual(simulator.Start()), Now: a.Now}
	res, err := simulator.OnDemand(ctx, cfg, deps, simulator.Demand{User: c.User, Group: c.Group, Members: c.Member})
	if refusal, ok := errors.AsType[*job.Refusal](err); ok {
		return exit.Usage("", "provision on demand: %w", refusal)
	}
	if res == nil {
		return configuration(a, err)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		answer, err := job.DemandGraph(res)
		if err != nil {
			return exit.Broken("", "%w", err)
		}
		text, err := json.MarshalIndent(answer, "", "  ")
		if err != nil {
			return exit.Broken("", "write the answer: %w", err)
		}
		a.Print("%s", a.Redact.Text(string(text)))
	} else {
		_, _ = fmt.Fprint(a.Stdout, a.Redact.Text(demandText(res)))
		a.Say("%s", filepath.Join(c.Out, "provisioning-log.jsonl"))
		a.Say("%s", filepath.Join(c.Out, runs.HARName))
	}
	if result, _, _ := job.Verdict(res); result == "Failure" {
		return &exit.Error{Code: reports.ExitFailed}
	}
	return nil
}

// demandText shows every step in 80 columns.
func demandText(d *cycle.Demanded) string {
	t := &console.Page{}
	result, code, reason := job.Verdict(d)
	if len(d.Entries) > 0 {
		e := d.Entries[0]
		t.Item("", fmt.Sprintf("%s %s (%s)", e.SourceIdentity.IdentityType, e.SourceIdentity.DisplayName, e.SourceIdentity.ID))
	}
	if d.Cause != nil && len(d.Entries) == 0 {
		t.Item("  1. ", "Test connection: failure. "+reason)
	}
	n := 0
	for _, e := range d.Entries {
		for _, s := range e.ProvisioningSteps {
			n++
			t.Item(fmt.Sprintf("  %d. ", n), fmt.Sprintf("%s: %s. %s", stepTitle(s.Type), s.Status, s.Description))
			for _, d := range s.Details {
				if d.Value != "" && d.Value != "{}" {
					t.Item("       ", d.Key+": "+d.Value)
				}
			}
		}
		for _, m := range e.ModifiedProperties {
			old := ""
			if m.OldValue != nil {
				old = *m.OldValue + " -> "
			}
			t.Item("       ", m.DisplayName+": "+old+deref(m.NewValue))
		}
	}
	t.Line("")
	text := result
	if code != "" {
		text += " " + code
	}
	if result != "Success" && reason != "" {
		text += ": " + reason
	}
	t.Item("", strings.TrimSpace(text))
	return t.String()
}

// stepTitle is a stage in the words of the portal (E-281, E-314).
func stepTitle(s provlog.StepType) string {
	switch s {
	case provlog.Import:
		return "Import from the source"
	case provlog.Scoping:
		return "Determine scope"
	case provlog.Matching:
		return "Match"
	case provlog.Processing:
		return "Compare"
	case provlog.ReferenceResolution:
		return "Resolve references"
	case provlog.Export:
		return "Perform action"
	}
	return string(s)
}
