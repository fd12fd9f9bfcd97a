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
// # Decisions
//
// 2026-11-24: what may differ between two equal runs stands in [Timing] and
// nowhere else; JUnit takes its times from there. The page shows it at the end.
//
// 2026-11-24: schemaVersion is semver. A reader takes any minor version of its
// major, ignores members it does not know, and refuses a higher major.
//
// 2026-11-24: all files of one call are written beside their final names first
// and renamed together. A full disk leaves the old reports, or none.
//
// 2026-11-24: the HTML page is one file without any outside reference. It
// carries a content security policy with the hashes of its own style and script,
// so text from a target could not run even if it were not escaped. Hence no style
// attributes: the timeline places its shapes by SVG percentages.
//
// 2026-11-24: the page is complete without its script but for the steps behind an
// entry of the log: these stand in it as JSON and are built when an entry is
// opened, since two thousand of them as elements would take seconds to open. All
// state of the page (what is open, what is filtered) is in its address, so that
// a reload or a link shows the same. Style and script are small files that are
// joined in a fixed order.
//
// 2026-11-24: text comes in two sizes: WriteSummary is what the terminal shows at the end
// of a run, on about one screen, with each cause, its fix and one finding; WriteText is the
// whole. Both count cells, not characters, and fit 80 of them; a command is broken so that
// a shell still reads the same words, a long URL inside of it too.
//
// 2026-11-24: the page is tested in a real browser (build tag browser, "make
// browser"), so that "make test" needs only Go. chromedp drives it; it is linked
// into no binary.
//
// 2026-11-24: the Markdown is for a comment of GitHub: below 60,000 characters,
// details left out first. What a target says stands in code or escaped, so that
// it is no markup and notifies nobody; a CommonMark parser checks that in a test.
//
// 2026-11-24: the shared form (Share) goes by what is known (names in log and
// escrows, the host of the target) and by form (mail, telephone, GUID, host in a URL).
// Values and bodies can be anything and are left out. Pseudonyms are hashes without a
// secret: they hide a name from a reader, not from somebody who guesses it.
//
// 2026-11-24: JUnit has no warning. A warned check is a passed test case with the
// warning in system-out.
//
// 2026-11-24: two jobs on one target are one run with one verdict: both have to run to their
// end, without escrows and quarantine. Of the second job there are figures, cycles, escrows and
// quarantines; its log stays in its own folder, and the page shows the first job's.
//
// 2026-11-24: skipped checks do not fail a run, but the verdict then says
// "Conformant where checked".
//
// [reports/exchange]: https://pkg.go.dev/github.com/scimdrill/scimdrill/reports/exchange
// [reports/journal]: https://pkg.go.dev/github.com/scimdrill/scimdrill/reports/journal
package reports
