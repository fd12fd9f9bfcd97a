package reports

import "github.com/scimdrill/scimdrill/reports/outside"

// visible returns a copy of the report for people (S6). All of its text may come from outside,
// also after a run: report.json is a file.
func (r *Report) visible() *Report { return outside.Every(r, outside.Lines) }
