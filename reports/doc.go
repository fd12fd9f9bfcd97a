// Package reports holds what a run found out, and writes it for machines and
// for people.
//
// A [Report] is a plain value: the tool, the run, the target, and a section for
// each thing that was judged, a simulation and a set of conformance checks.
// report.json is that value; every other format is made from it, so a report
// read back with [Read] can be rendered again at any time. The package knows
// checks, cycles and log entries, but nothing of protocols: it imports no other
// part of the module, and the two packages below it ([reports/exchange] and
// [reports/journal]) stand alone.
//
// In prose: the engine and the harness fill in their sections, the command puts
// them together, calls [WriteDir] with the wanted formats, prints [WriteSummary],
// and ends with [ExitCode].
//
//	r := &reports.Report{SchemaVersion: reports.SchemaVersion, …}
//	r.Conformance.Summary = reports.Summarize(r.Conformance.Checks)
//	r.Conformance.Causes = reports.GroupByCause(r.Conformance.Checks, titles)
//	err := reports.WriteDir("scimdrill-out", r, []string{"json", "junit", "html"})
//
// Decisions: docs/decisions/reports.md
//
// [reports/exchange]: https://pkg.go.dev/github.com/scimdrill/scimdrill/reports/exchange
// [reports/journal]: https://pkg.go.dev/github.com/scimdrill/scimdrill/reports/journal
package reports
