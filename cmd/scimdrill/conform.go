package main

import (
	"context"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/grading"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
)

type conformCommand struct {
	endpoint.Flags

	Profile     []string      `help:"rfc: the standard; entra: what Entra needs, too; attributes, groups: only checks on them. Repeatable." default:"rfc,entra" placeholder:"NAME"`
	Level       []string      `help:"Only checks of a level: MUST, SHOULD, ENTRA. Repeatable." placeholder:"LEVEL"`
	Feature     []string      `help:"Only checks that need a feature: enterprise, filter, groups, patch, put, tenants. Repeatable." placeholder:"NAME"`
	Check       []string      `help:"Only this check; repeatable." placeholder:"ID"`
	FailedFrom  string        `help:"Only the checks that failed or could not run in an earlier report.json." placeholder:"FILE"`
	LabelFilter string        `help:"Only checks whose labels match, such as 'suite:memberships && !level:SHOULD'." placeholder:"EXPR"`
	List        bool          `help:"List the checks; needs no target."`
	Expect      string        `help:"YAML file of findings that are known, each with reason and last day; they do not fail the run." placeholder:"FILE"`
	WriteExpect string        `help:"Write such a file from what is found." placeholder:"FILE"`
	SecondToken string        `name:"second-token-file" help:"File with the bearer token of another tenant of the same service, who must see nothing of what the checks make; or set SCIMDRILL_SECOND_TOKEN." placeholder:"FILE"`
	Keep        bool          `help:"Leave in the target what the checks made; cleanup removes it later."`
	Settle      time.Duration `help:"How long the target takes until what was written can be read." placeholder:"TIME"`
	Rate        float64       `help:"Requests a second; 0 is no limit on loopback and 25 elsewhere." placeholder:"N"`
	Seed        *uint64       `help:"Makes the names of the run repeatable." placeholder:"N"`
	Format      []string      `help:"Reports to write: text, json, junit, html, markdown." default:"json,html" placeholder:"FORMAT"`
	Out         string        `help:"Folder for the reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (conformCommand) Help() string {
	return `Grades the target. The checks make users and groups of their own, whose names carry the run id,
and remove them.

A file for --expect holds findings that are known. Each has a reason and a last day;
one that does not come, or whose day has passed, fails the run:

    expect:
      - check: ATT-005
        outcome: failed        # or skipped
        reason: value filters come with release 4.2
        expires: 2026-12-31

Example:

    SCIMDRILL_TOKEN=secret scimdrill conform --target http://127.0.0.1:8080 \
        --format junit,html`
}

// Run selects the checks, looks whether the target can be graded, and grades it.
func (c *conformCommand) Run(ctx context.Context, a *console.Console) error {
	o, err := c.options(a)
	if err != nil {
		return err
	}
	selected, err := conformance.Select(o)
	if err != nil {
		return exit.Usage("`scimdrill conform --list` lists the checks with level and suite", "%w", err)
	}
	if c.List {
		for _, check := range selected {
			a.Row(fmt.Sprintf("%-8s %-7s %-12s ", check.ID, check.Level, check.Suite), check.Title)
		}
		return nil
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	other, err := c.otherTenant(a, e)
	if err != nil {
		return err
	}
	rate, err := endpoint.MayHurry(e.URL, c.Rate, c.AllowRate)
	if err != nil {
		return err
	}
	id := runs.Identify(a, c.Seed)
	if e.URL.RawQuery != "" {
		a.Say("note: the checks are sent without %q, as Entra does with its own flags", "?"+e.URL.RawQuery)
	}
	if other == "" && !o.Picked() {
		a.Say("note: whether another tenant sees what is this one's is not checked; --second-token-file FILE has its token checked")
	}
	r, err := runs.Start(a, c.Out, id, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error {
		g := &grading.Grading{Console: a, Run: r, Endpoint: e, Out: c.Out, Har: runs.HARName, Rate: rate, Settle: c.Settle, Other: other, OtherFile: c.SecondToken}
		rep := r.Report(reports.TargetExternal)
		if err := g.Into(ctx, rep, o); err != nil {
			return err
		}
		verdict := runs.Finish(a, rep, c.Out, c.Format)
		if err := c.writeExpectations(a, rep); err != nil {
			return err
		}
		return verdict
	})
}

// otherTenant is the Authorization of another tenant of the service, or "".
func (c *conformCommand) otherTenant(a *console.Console, e *endpoint.Endpoint) (string, error) {
	token, err := a.Secret(c.SecondToken, "--second-token-file", "SCIMDRILL_SECOND_TOKEN")
	if err != nil || token == "" {
		return "", err
	}
	e.Secrets = append(e.Secrets, token)
	e.Redact.Add(token)
	if e.Authorization == "Bearer "+token {
		return "", exit.Usage("give the token of another tenant of the same service, or leave it out",
			"the token of another tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is that of the target itself, who sees what is its own")
	}
	return "Bearer " + token, nil
}
