package reports

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
)

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
	Times    *timesView

	// Of a replay; nil without one.
	Load *loadView

	// Of the conformance checks.
	Counts   Counts
	Causes   []causeView
	Checks   []checkView
	Grid     *gridView
	Known    []checkView
	Unjudged []unjudged
	Suites   []string
	Levels   []string
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
		p.Timeline, p.Diary, p.Cycles, p.Jobs = newTimeline(s), newDiary(s), cycleRows(s.first().Cycles), jobViews(s)
		p.Judged, p.Troubles, p.Log = s.judged(), troubles(s), newLogView(s.first())
	}
	p.Load, p.Times = newLoadView(r), newTimesView(r.Timing.Requests)
	if c := r.Conformance; c != nil {
		p.Counts, p.Causes, p.Checks, p.Unjudged = Summarize(c.Checks).Counts, causeViews(c, r.Target.URL), checkViews(r), c.unjudged()
		p.Known = slices.DeleteFunc(slices.Clone(p.Checks), func(v checkView) bool { return !v.Known() })
		p.Grid = gridViews(c)
		p.Suites = distinct(c.Checks, func(c Check) string { return c.Suite })
		p.Levels = distinct(c.Checks, func(c Check) string { return c.Level })
	}
	return p, nil
}

// jobView is a job in the form that the page shows. For all jobs but the main one, Name is its
// name in a sentence, and Suffix completes its anchors.
type jobView struct {
	*Job

	Heading, Name, Suffix string
	Totals                CycleCounts
	Left                  []escrowGroup
}

func jobViews(s *Simulation) []jobView {
	views := make([]jobView, len(s.Jobs))
	for i := range s.Jobs {
		job := &s.Jobs[i]
		v := jobView{Job: job, Heading: s.heading(i), Name: s.called(i), Totals: job.Totals(), Left: escrowGroups(job.Escrows)}
		if v.Name != "" {
			v.Suffix = "-" + cmp.Or(job.Name, strconv.Itoa(i+1))
		}
		views[i] = v
	}
	return views
}
