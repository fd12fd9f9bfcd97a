package runs

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// Report begins the report of a run: everything but what was found out.
func (r *File) Report(kind string) *reports.Report {
	rep := &reports.Report{
		SchemaVersion: reports.SchemaVersion,
		Tool:          r.Tool,
		Run:           reports.Run{ID: r.RunID, Command: r.Repeat},
		Target:        reports.Target{URL: r.Target, Kind: kind},
	}
	if r.Seed != nil {
		rep.Run.Seed = *r.Seed
	}
	for _, name := range slices.Sorted(maps.Keys(r.Options)) {
		rep.Run.Options = append(rep.Run.Options, reports.Option{Name: name, Value: r.Options[name]})
	}
	return rep
}

// Finish writes the report, prints its summary, and turns its verdict into an error.
func Finish(con *console.Console, rep *reports.Report, dir string, formats []string) error {
	if !slices.Contains(formats, "json") {
		formats = append([]string{"json"}, formats...)
	}
	if err := reports.WriteDir(dir, rep, formats); err != nil {
		return exit.Unwritten(err)
	}
	if err := announce(con, rep); err != nil {
		return exit.Unwritten(err)
	}
	con.Say("")
	if err := reports.WriteSummary(con.Stdout, rep, con.TextOptions(), outlook(rep, dir, formats)); err != nil {
		return exit.Unwritten(err)
	}
	if code := reports.ExitCode(rep); code != reports.ExitOK {
		return &exit.Error{Code: code}
	}
	return nil
}

// Unjudged writes the report of a target that cannot be judged, if there is one, so that a build
// server gets its files. The error that stopped the run tells a person.
func Unjudged(con *console.Console, rep *reports.Report, dir string, formats []string) error {
	if rep.Conformance == nil {
		return nil
	}
	if !slices.Contains(formats, "json") {
		formats = append([]string{"json"}, formats...)
	}
	if err := reports.WriteDir(dir, rep, formats); err != nil {
		return exit.Unwritten(err)
	}
	return exit.Unwritten(announce(con, rep))
}

// outlook says what the run wrote, and how to take away what it left in its target.
func outlook(rep *reports.Report, dir string, formats []string) reports.Outlook {
	o := reports.Outlook{Dir: dir}
	for _, f := range reports.Formats() {
		if slices.Contains(formats, f.Name) {
			o.Files = append(o.Files, f.File)
		}
	}
	names := []string{HARName, RunName}
	if rep.Simulation != nil {
		names = append(names, "provisioning-log.jsonl", "audit-log.jsonl", "job.json", "system-log.jsonl", "onelogin-log.jsonl")
	}
	if rep.Replay != nil {
		names = append(names, "replay.hlog", "metrics.prom", "replay-counts.json", "replay-ledger.jsonl", "not-sent.jsonl")
	}
	if rep.Target.Kind == reports.TargetExternal {
		names = append(names, JournalName)
		if remaining(dir) > 0 {
			o.Cleanup = "scimdrill cleanup --run " + layout.Quote(dir)
		}
	}
	for _, name := range names {
		if FileExists(filepath.Join(dir, name)) {
			o.Files = append(o.Files, name)
		}
	}
	return o
}
