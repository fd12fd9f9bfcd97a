package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/crowd"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/grading"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
)

type conformCommand struct {
	endpoint.Flags
	bound.Whole
	crowd.People
	profileFlags
	clientFlags

	Profile     []string      `help:"rfc and entra set how findings are graded; attributes and groups limit which checks run. gallery, ipsie-al1, ipsie-al2 and validator-preview run the checks of their table, and report it. So do okta, okta-aiw, okta-oin and onelogin with the requests of those clients, and okta-spec, okta-crud and okta-entitlements with the lists that Okta publishes. If neither rfc nor entra is given, both apply. Repeatable." default:"rfc,entra" placeholder:"NAME"`
	Level       []string      `help:"Run only checks of this level: MUST, SHOULD, ENTRA or CLIENT. Repeatable." placeholder:"LEVEL"`
	Feature     []string      `help:"Run only checks that need this feature: enterprise, filter, groups, patch, put or tenants. Repeatable." placeholder:"NAME"`
	Check       []string      `help:"Run only this check; repeatable." placeholder:"ID"`
	App         string        `help:"Built-in application whose mapping the target must keep; see scimdrill profiles." placeholder:"NAME"`
	Schema      string        `help:"Synchronization schema exported from Graph, instead of --app." placeholder:"FILE"`
	Require     []string      `help:"Feature or attribute, such as groups, filter or name.givenName, without which the run fails; repeatable." placeholder:"NAME"`
	Quick       bool          `help:"Run only the checks that find most for each request."`
	FailedFrom  string        `help:"Run only the checks that failed or could not run in an earlier report.json." placeholder:"FILE"`
	LabelFilter string        `help:"Run only checks whose labels match, such as 'suite:memberships && !level:SHOULD'." placeholder:"EXPR"`
	List        bool          `help:"List the checks. Needs no target."`
	Expect      string        `help:"YAML file of known findings, each with a reason and an expiry date. They do not fail the run." placeholder:"FILE"`
	Baseline    string        `help:"report.json of an earlier run, or its folder. Only what is worse than there fails the run." placeholder:"FILE"`
	WriteExpect string        `help:"Write the findings of this run to an expectations file." placeholder:"FILE"`
	SecondToken string        `name:"second-token-file" help:"File with the bearer token of another tenant of the same service, to check tenant isolation; or set SCIMDRILL_SECOND_TOKEN." placeholder:"FILE"`
	Keep        bool          `help:"Keep the objects that the checks create. cleanup removes them later."`
	Settle      time.Duration `help:"Time that checks wait after a write before they read, at least. Without it, the delay of the target is measured, and waited for." placeholder:"TIME"`
	Rate        float64       `help:"Requests per second; 0 means no limit on loopback and 25 elsewhere." placeholder:"N"`
	Parallel    int           `help:"Checks that run at once, with up to twice as many requests under way; 0 means 4 on loopback and 1 elsewhere. Behind latency of 20 ms or more, twice as many checks run. 1 sends one request after the other. Verdicts do not depend on it." placeholder:"N"`
	Wait        time.Duration `help:"Time that a target which refuses connections gets to start or to come back." placeholder:"TIME"`
	Repeat      int           `help:"Run the checks N times, and list those whose outcomes differ. The worst run counts." default:"1" placeholder:"N"`
	Seed        *uint64       `help:"Seed that makes the names of the run repeatable." placeholder:"N"`
	Steps       int           `help:"Random requests that are compared with a model, such as 2000, drawn from --seed; 0 means 36 that are always the same." placeholder:"N"`
	Deep        time.Duration `help:"Compare random requests with the model until the target has taken this time for them, such as 5m. It is a budget of its own beside the other checks." placeholder:"TIME"`
	Format      []string      `help:"Reports to write: text, json, junit, html, markdown, sarif, codequality, badge." default:"json,html" placeholder:"FORMAT"`
	JUnit       string        `name:"junit" help:"Write the JUnit report to this file, too. With -, it goes to stdout, and everything else to stderr." placeholder:"FILE"`
	Out         string        `help:"Folder for the reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (conformCommand) Help() string {
	return `Grades the target. The checks create their own users and groups, and remove them. All names
contain the run id.

The file for --expect lists known findings, each with a reason and an expiry date. An entry that
no longer applies, or that has expired, fails the run:

    expect:
      - check: ATT-005
        outcome: failed        # or skipped
        cause: value-filters   # optional: fail for any other cause
        reason: value filters ship with release 4.2
        expires: 2026-12-31

With GITHUB_ACTIONS=true, causes become annotations, and the report is added to the job summary.

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
	base, err := c.baseline()
	if err != nil {
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
	if err := c.sampled(&o, e, c.AllowRate); err != nil {
		return err
	}
	if err := c.leaver(&o, c.AllowHost, a.Now); err != nil {
		return err
	}
	o.Facts = credentials(e)
	id := runs.Identify(a, c.Seed)
	if e.URL.RawQuery != "" {
		a.Say("note: the checks are sent without %q; Entra also removes its own flags", "?"+e.URL.RawQuery)
	}
	if other == "" && !o.Picked() {
		a.Say("note: tenant isolation was not checked; pass --second-token-file FILE to check it")
	}
	results := a.Stdout
	if c.JUnit == "-" {
		a.Stdout = a.Stderr // a program reads the results
	}
	r, err := runs.Start(a, c.Out, id, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error {
		t, err := runs.OpenTranscript(filepath.Join(c.Out, runs.HARName), a.Tool.Version, e.Redact)
		if err != nil {
			return err
		}
		g := &grading.Grading{
			Console: a, Run: r, Endpoint: e, Out: c.Out, Transcript: t, Rate: rate, Other: other, OtherFile: c.SecondToken,
			Seen: tokenLife(e, o.Facts), LeaverProbe: c.LeaverProbe,
		}
		o.Parallel, o.Patience, o.Settle = c.parallel(e), c.Wait, c.Settle
		g.Patience, g.Rounds = c.Wait, c.Repeat
		rep := r.Report(reports.TargetExternal)
		if err := errors.Join(g.Into(ctx, rep, o), t.Close()); err != nil {
			return errors.Join(err, runs.Unjudged(a, rep, c.Out, c.Format), c.writeJUnit(results, rep))
		}
		if base != nil {
			rep.Conformance.Against(base, c.Baseline)
		}
		verdict := runs.Finish(a, rep, c.Out, c.Format)
		if err := c.writeJUnit(results, rep); err != nil {
			return err
		}
		if err := c.writeExpectations(a, rep); err != nil {
			return err
		}
		return verdict
	})
}

// parallel is how many checks run at once.
func (c *conformCommand) parallel(e *endpoint.Endpoint) int {
	const atHome = 4
	switch {
	case c.Parallel > 0:
		return c.Parallel
	case e.External():
		return 1
	}
	return atHome
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
		return "", exit.Usage("pass the token of another tenant of the same service, or omit it",
			"the token of the second tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is identical to the first token")
	}
	return "Bearer " + token, nil
}
