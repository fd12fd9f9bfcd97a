package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/crowd"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

type ondemandCommand struct {
	endpoint.Flags
	bound.Whole
	crowd.Generated

	AdoptExisting bool `help:"Also write to existing objects on a host that is not loopback, as Entra does." group:"Target"`
	Rebind        bool `help:"Use a --state that belongs to another target. Its links are dropped, and all objects are matched again." group:"Target"`

	User        string   `help:"User to provision: id, userPrincipalName, mail or displayName." placeholder:"NAME"`
	Group       string   `help:"Group to provision: id or displayName." placeholder:"NAME"`
	Member      []string `help:"Member of the group to provision; repeatable, up to five." placeholder:"NAME" sep:"none"`
	Client      string   `help:"Provisioning client: entra, okta or onelogin." enum:"entra,okta,onelogin" default:"entra" placeholder:"NAME"`
	ClientMode  string   `help:"Kind of Okta's app: aiw or oin; like --set mode." enum:",aiw,oin" default:"" placeholder:"aiw|oin"`
	Profile     string   `help:"Built-in application profile; see scimdrill profiles." default:"customappsso" placeholder:"NAME"`
	Schema      string   `help:"Synchronization schema exported from Graph, instead of the profile's schema." placeholder:"FILE"`
	Tenant      string   `help:"Source directory: a tenant file, responses of Graph, CSV, or a folder of them." placeholder:"FILE"`
	TenantMerge bool     `help:"With an existing --state: keep what --tenant does not name. Without it, the tenant is complete, and what is missing was removed."`
	Generate    string   `help:"Source directory to generate, such as users=1000,groups=50 or preset=school." placeholder:"COUNTS"`
	Dialect     string   `help:"How changes become requests (default: the application's dialect). A flag in the tenant URL has no effect on demand." placeholder:"NAME"`
	Scope       string   `help:"Users and groups in scope: assigned or all (default: that of the job in --state, otherwise assigned)." enum:",assigned,all" default:"" placeholder:"assigned|all"`
	Rate        float64  `help:"Requests per second; 0 means no limit on loopback and 25 elsewhere." placeholder:"N"`
	State       string   `help:"Folder that stores the job between runs." placeholder:"DIR"`
	Seed        *uint64  `help:"Seed that makes the run repeatable." placeholder:"N"`
	Set         []string `help:"Engine option; see simulate --list-options. Repeatable." placeholder:"OPTION=VALUE" sep:"none"`
	Verify      string   `help:"Compare the object in the target with the directory afterwards: all or off. Only reads." default:"all" placeholder:"WHAT"`
	JSON        bool     `name:"json" help:"Print the response of Graph's provisionOnDemand."`
	Out         string   `help:"Folder for log, job, audit log and requests." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (ondemandCommand) Help() string {
	return `Scope, matching, mapping and requests are the same as in a cycle. Without --state there is no
job yet, so every object is looked up in the target. A failure is not retried.

Example:

    SCIMDRILL_TOKEN=secret scimdrill ondemand --target http://127.0.0.1:8080 \
        --tenant tenant.jsonl --state job --user ada@contoso.example`
}

// Run checks everything, then provisions.
func (c *ondemandCommand) Run(ctx context.Context, a *console.Console) error {
	if (c.User == "") == (c.Group == "") {
		return exit.Usage("for example --user ada@contoso.example, or --group Sales --member ada@contoso.example", "pass one user or one group (E-280)")
	}
	if len(c.Member) > 0 && c.User != "" {
		return exit.Usage("use --member with --group", "--member needs --group, not --user (E-280)")
	}
	provider, err := c.client(a)
	if err != nil {
		return err
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	rules, err := c.Made(a, c.Generate)
	if err != nil {
		return err
	}
	r := &play.Run{
		Console: a, Endpoint: e, Clock: clock.NewVirtual(engine.Start()), Source: play.Source{Tenant: c.Tenant, Merge: c.TenantMerge, Generate: c.Generate, People: rules},
	}
	if err := r.Configure(play.Settings{
		Target: c.Target, Profile: c.Profile, Schema: c.Schema, Dialect: c.Dialect, Scope: c.Scope, Cycles: 1, Parallel: 1, Rate: c.Rate,
		AllowRate: c.AllowRate, AdoptExisting: c.AdoptExisting, Rebind: c.Rebind, State: c.State, Out: c.Out, Transcript: "all", Set: c.Set, Verify: c.Verify,
	}); err != nil {
		return err
	}
	id := runs.Identify(a, c.Seed)
	if err := r.Begin(id, nil); err != nil {
		return err
	}
	leave, err := r.Enter()
	if err != nil {
		return err
	}
	defer leave()
	if r.File, err = runs.Start(a, c.Out, id, c.Target); err != nil {
		return err
	}
	return r.File.During(ctx, a, c.Out, func() error {
		if provider != nil {
			return c.demandClient(ctx, a, r, provider)
		}
		return c.provision(ctx, a, r)
	})
}

func (c *ondemandCommand) provision(ctx context.Context, a *console.Console, r *play.Run) error {
	res, err := r.Demand(ctx, engine.Demand{User: c.User, Group: c.Group, Members: c.Member})
	if err != nil {
		return err
	}
	if c.JSON {
		answer, err := job.DemandGraph(&res.Demanded)
		if err != nil {
			return exit.Broken("", "%w", err)
		}
		text, err := json.MarshalIndent(answer, "", "  ")
		if err != nil {
			return exit.Broken("", "write the response: %w", err)
		}
		a.PrintLines(a.Redact.Text(string(text)))
	} else {
		if err := a.PrintPage(play.DemandText(&res.Demanded)); err != nil {
			return exit.Unwritten(fmt.Errorf("print the steps: %w", err))
		}
		a.Say("%s", filepath.Join(c.Out, "provisioning-log.jsonl"))
		a.Say("%s", filepath.Join(c.Out, runs.HARName))
	}
	state, err := r.EndState(res.EndState)
	if err != nil {
		return err
	}
	code := reports.ExitOK
	if state != nil {
		code = state.ExitCode()
		for _, line := range state.Lines() {
			a.Say("%s", line)
		}
	}
	if result, _, _ := job.Verdict(&res.Demanded); result == "Failure" {
		code = reports.ExitFailed
	}
	if code != reports.ExitOK {
		return &exit.Error{Code: code}
	}
	return nil
}
