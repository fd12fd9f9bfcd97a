package main

import (
	"slices"

	"github.com/scimdrill/scimdrill/reports"
)

// report begins the report of a run: everything but what was found out.
func (a *app) report(r *runFile, kind string) *reports.Report {
	rep := &reports.Report{
		SchemaVersion: reports.SchemaVersion,
		Tool:          reports.Tool{Name: r.Tool.Name, Version: r.Tool.Version, Commit: r.Tool.Commit, Go: r.Tool.Go},
		Run:           reports.Run{ID: r.RunID, Command: r.Repeat},
		Target:        reports.Target{URL: r.Target, Kind: kind},
	}
	if r.Seed != nil {
		rep.Run.Seed = *r.Seed
	}
	for _, o := range options(a.parsed) {
		rep.Run.Options = append(rep.Run.Options, reports.Option{Name: o.name, Value: r.Options[o.name]})
	}
	return rep
}

// finish writes the report, prints its summary, and turns its verdict into an error.
func (a *app) finish(rep *reports.Report, dir string, formats []string) error {
	if !slices.Contains(formats, "json") {
		formats = append([]string{"json"}, formats...)
	}
	if err := reports.WriteDir(dir, rep, formats); err != nil {
		return unwritten(err)
	}
	if err := reports.WriteText(a.stdout, rep, a.colour(a.outTerminal)); err != nil {
		return unwritten(err)
	}
	a.say("")
	a.sayWritten(dir, formats)
	if code := reports.ExitCode(rep); code != reports.ExitOK {
		return &failure{code: code}
	}
	return nil
}
