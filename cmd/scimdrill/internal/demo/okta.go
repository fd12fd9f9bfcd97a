package demo

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// okta is the second act: Okta provisions the same people to an organization of its own and pushes their groups,
// which User Sync turns into seats.
func (d *demo) okta(ctx context.Context, s *reports.Simulation) error {
	c := clock.NewVirtual(engine.Start())
	cfg, err := d.organization()
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	persona, err := gotopersona.New(gotopersona.Options{Target: target.Options{Seed: d.id.Seed, Token: d.token, Now: c.Now}, Config: cfg})
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	end, err := d.listen(ctx, persona)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "scimdrill-demo-")
	if err != nil {
		return exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	r := &play.Run{Console: d.Console, Endpoint: end, Clock: c, Stored: persona.Target().Snapshot}
	if err := r.Configure(play.Settings{
		Target: end.URL.String(), Profile: "goto", For: demoWeek, Parallel: 1, State: dir, Out: filepath.Join(d.out, "okta"), Transcript: "off",
	}); err != nil {
		return err
	}
	if err := r.Begin(d.id, nil); err != nil {
		return err
	}
	o := generate.TenantOptions{Users: demoUsers, Groups: demoGroups, Seed: d.id.Seed, RunID: d.id.RunID}
	var tenant, week bytes.Buffer
	if err := generate.Tenant(&tenant, o); err != nil {
		return exit.Broken("", "generate the week: %w", err)
	}
	if err := generate.Week(&week, o); err != nil {
		return exit.Broken("", "generate the week: %w", err)
	}
	changes, err := directory.ReadChanges(&week, "week")
	if err != nil {
		return exit.Broken("", "generate the week: %w", err)
	}
	r.Provision(&tenant, "generated tenant", changes)
	provider, err := play.Provider(play.Okta, "oin", nil, []string{"app=GoTo", "unmapped=" + notGoTos})
	if err != nil {
		return err
	}
	p, err := r.PlayClient(ctx, provider)
	if err != nil {
		return err
	}
	section, err := p.Section(ctx)
	if err != nil {
		return err
	}
	job := section.Jobs[0]
	job.Name = play.Okta
	s.Jobs = append(s.Jobs, job)
	if err := c.WaitUntil(ctx, engine.Start().Add(demoWeek)); err != nil { // User Sync takes its time after the last push
		return exit.Broken("", "%w", err)
	}
	state := persona.State()
	s.Expectations = append(s.Expectations, met("Okta's pushed groups become the seats that User Sync gives ("+gotopersona.Short+")",
		seatsOfDirectory(persona.Target()), seats(state)))
	differences := 0
	if section.EndState != nil {
		differences = section.EndState.DifferencesTotal
	}
	s.Expectations = append(s.Expectations, met("What Okta provisioned is as in the directory", "0 differences", fmt.Sprintf("%d differences", differences)))
	return nil
}

// notGoTos are the rows of Okta's default mapping for attributes that GoTo's tutorial does not list.
const notGoTos = "emails.value,emails.type,title,displayName,locale,userType,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization"

// met is an expectation and what came of it.
func met(title, expected, actual string) reports.Expectation {
	outcome := reports.Passed
	if expected != actual {
		outcome = reports.Failed
	}
	return reports.Expectation{Title: title, Expected: expected, Actual: actual, Outcome: outcome}
}
