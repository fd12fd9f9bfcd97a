package reports

import "html/template"

// page is the data of the templates.
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
	Jobs     []jobView
	Judged   []Expectation
	Troubles []trouble
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
		p.Timeline, p.Diary, p.Cycles, p.Jobs = newTimeline(s), newDiary(s), cycleRows(s.Cycles), jobViews(s)
		p.Judged, p.Troubles, p.Log = s.judged(), troubles(s), newLogView(s)
	}
	if c := r.Conformance; c != nil {
		p.Counts, p.Causes, p.Checks = Summarize(c.Checks).Counts, causeViews(c), checkViews(c.Checks, r.Target.URL)
		p.Suites = distinct(c.Checks, func(c Check) string { return c.Suite })
		p.Levels = distinct(c.Checks, func(c Check) string { return c.Level })
	}
	return p, nil
}

// jobView is a job in the form that the page shows. Suffix completes the anchors of the second job.
type jobView struct {
	*Simulation

	Title, Suffix string
	Totals        CycleCounts
	Left          []escrowGroup
}

func jobViews(s *Simulation) []jobView {
	views := make([]jobView, 0, len(s.jobs()))
	for i, job := range s.jobs() {
		v := jobView{Simulation: job, Title: "Simulation", Totals: job.Totals(), Left: escrowGroups(job.Escrows)}
		if i > 0 {
			v.Title, v.Suffix = secondJob, "-second"
		}
		views = append(views, v)
	}
	return views
}
