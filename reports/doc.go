// Package reports describes the results of a run, and writes them for machines and for
// people.
//
// A [Report] is a plain value. It contains the tool, the run and the target. It has a section
// for the simulation and a section for the conformance checks. report.json is the encoded
// value, and all other formats are derived from it. A report read with [Read] can be
// rendered again at any time. The package knows checks, cycles and log entries, but no
// protocols. It imports no other part of the module. The two packages below it,
// [reports/exchange] and [reports/journal], are independent of it.
//
// The engine and the harness fill in their sections. The command combines them, calls
// [WriteDir] with the requested formats, prints [WriteSummary] and exits with [ExitCode].
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
