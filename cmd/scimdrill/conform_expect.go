package main

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/expect"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// options are the flags as the harness takes them.
func (c *conformCommand) options(a *console.Console) (conformance.Options, error) {
	o := conformance.Options{
		Profiles: c.Profile, Checks: c.Check, Levels: c.Level, Features: c.Feature, LabelFilter: c.LabelFilter, Keep: c.Keep, Today: a.Now().UTC(),
	}
	if c.Steps < 0 {
		return o, exit.Usage("`--steps 2000` compares 2,000 random requests with a model", "--steps %d is less than 0", c.Steps)
	}
	if err := c.clients(&o); err != nil {
		return o, err
	}
	var err error
	if o.People, err = c.Rules(); err != nil {
		return o, err
	}
	if err := c.mapped(a, &o); err != nil {
		return o, err
	}
	o.Require, o.Quick, o.Steps = c.Require, c.Quick, c.Steps
	o.Deep = max(c.Deep, 0)
	if c.FailedFrom != "" {
		ids, err := failedIn(c.FailedFrom)
		if err != nil {
			return o, err
		}
		o.Checks = append(o.Checks, ids...)
	}
	if c.Expect != "" {
		data, err := wholefile.Read(c.Expect, 1<<20)
		if err != nil {
			return o, exit.Usage("`scimdrill conform --write-expect FILE` creates one from the findings", "--expect: %w", err)
		}
		if o.Expect, err = expect.Parse(c.Expect, data, conformance.Known); err != nil {
			return o, exit.Usage("`scimdrill conform --list` shows the check ids; see also `scimdrill conform --help`", "--expect: %w", err)
		}
	}
	return o, nil
}

// mapped takes over what a mapping sends and matches by.
func (c *conformCommand) mapped(a *console.Console, o *conformance.Options) error {
	var s *syncschema.Schema
	var err error
	switch {
	case c.App != "" && c.Schema != "":
		return exit.Usage("omit one of them", "--app and --schema exclude each other")
	case c.App != "":
		s, err = apps.ProfileSchema(c.App)
	case c.Schema != "":
		s, err = apps.ReadSchema(a, c.Schema, "")
	default:
		return nil
	}
	if err == nil {
		o.Mapped, o.Matching, err = apps.Mapped(s)
	}
	return err
}

// baseline reads the report that --baseline names.
func (c *conformCommand) baseline() (*reports.Report, error) {
	if c.Baseline == "" {
		return nil, nil
	}
	rep, err := reports.Read(c.Baseline)
	if err != nil {
		return nil, exit.Usage("", "--baseline: %w", err)
	}
	if rep.Conformance == nil {
		return nil, exit.Usage("pass the report of a conform run", "--baseline: %s has no checks", c.Baseline)
	}
	return rep, nil
}

// failedIn lists the checks of an earlier report that failed or could not run.
func failedIn(path string) ([]string, error) {
	rep, err := reports.Read(path)
	if err != nil {
		return nil, exit.Usage("", "--failed-from: %w", err)
	}
	var ids []string
	if rep.Conformance != nil {
		for _, check := range rep.Conformance.Checks {
			if check.Outcome == reports.Failed || check.Outcome == reports.Errored {
				ids = append(ids, check.Key())
			}
		}
	}
	if len(ids) == 0 {
		return nil, exit.Usage("omit --failed-from to run all checks", "--failed-from: no check failed in %s", path)
	}
	return ids, nil
}

// writeExpectations writes the file that --write-expect asks for; what an interrupted run
// found is too little for it.
func (c *conformCommand) writeExpectations(a *console.Console, rep *reports.Report) error {
	if c.WriteExpect == "" || rep.Conformance == nil || rep.Run.Interrupted {
		return nil
	}
	if err := runs.WriteWhole(c.WriteExpect, expect.Write(rep.Conformance.Checks, a.Now().UTC())); err != nil {
		return err
	}
	a.Say("expectations written to %s; replace the placeholder reasons", c.WriteExpect)
	return nil
}
