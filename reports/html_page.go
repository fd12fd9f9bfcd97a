package reports

import "html/template"

// page is what the templates see.
type page struct {
	*Report
	Verdict Verdict
	Style   template.CSS
	Script  template.JS
	Policy  string

	// Of the simulation.
	Timeline *timeline
	Diary    *diary
	Cycles   []cycleRow
	Totals   CycleCounts
	Judged   []Expectation
	Troubles []trouble
	Left     []escrowGroup
	Log      *logView

	// Of the conformance checks.
	Counts Counts
	Causes []causeView
	Checks []checkView
	Suites []string
	Levels []string
}

func newPage(r *Report) (*page, error) {
	style, err := joined(styles(), ".css")
	if err != nil {
		return nil, err
	}
	script, err := joined(scripts(), ".js")
	if err != nil {
		return nil, err
	}
	script = "\"use strict\";\n(() => {\n" + script + "})();\n"
	p := &page{Report: r, Verdict: r.Verdict(), Style: template.CSS(style), Script: template.JS(script), Policy: policy(style, script)}
	if s := r.Simulation; s != nil {
		p.Timeline, p.Diary, p.Cycles, p.Totals = newTimeline(s), newDiary(s), cycleRows(s.Cycles), s.Totals()
		p.Judged, p.Troubles, p.Left, p.Log = s.judged(), troubles(s), escrowGroups(s.Escrows), newLogView(s)
	}
	if c := r.Conformance; c != nil {
		p.Counts, p.Causes, p.Checks = Summarize(c.Checks).Counts, causeViews(c), checkViews(c.Checks, r.Target.URL)
		p.Suites = distinct(c.Checks, func(c Check) string { return c.Suite })
		p.Levels = distinct(c.Checks, func(c Check) string { return c.Level })
	}
	return p, nil
}
