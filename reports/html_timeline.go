package reports

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// The timeline of a job shows, from top to bottom: events, outages and quarantines, writes of
// cycles, failures (below the line) and days.
const (
	bandsFloor  = 168.0 // y of the line below the bars, with bands
	plainFloor  = 142.0 // y of the line below the bars, without bands
	barHeight   = 104.0 // of the tallest bar, in pixels
	depth       = 34.0  // of the deepest failures
	maxMarks    = 60
	maxColumns  = 300 // more cycles than this are grouped
	wideColumns = 190 // maximum number of columns after grouping
)

// timeline is the geometry of the timeline. x is in percent of the width, so that it fits any
// screen without a style attribute. y is in pixels.
type timeline struct {
	Begin, End     time.Time
	Ticks          []tick
	Columns        []column
	Bands          []band // quarantines
	Outages        []band
	Marks          []mark
	Summary        string
	Aggregated     string // the duration of a column, if it groups cycles
	Floor, AxisY   float64
	Height, LabelY float64
	Failures       bool
	Lasting        bool // a cycle took longer than the width of its bar
}

type tick struct {
	X, Label string
	Odd      bool
	Last     bool
}

type band struct {
	X, Width, Title string
	Label, LabelX   string
	Left            bool // the label is to the left of LabelX
	Attempts        []string
}

type mark struct {
	X     string
	Event Event
}

func newTimeline(s *Simulation) *timeline {
	job := s.first()
	if len(job.Cycles) == 0 {
		return nil
	}
	t := &timeline{Begin: job.Cycles[0].Began, End: job.Cycles[len(job.Cycles)-1].Ended, Floor: plainFloor}
	for _, q := range job.Quarantines {
		t.include(q.Began, q.Ended)
	}
	for _, e := range s.Events {
		t.include(e.At, e.Until)
	}
	if t.End.Sub(t.Begin) < time.Hour {
		t.End = t.Begin.Add(time.Hour)
	}
	t.Begin = t.Begin.Add(-t.End.Sub(t.Begin) / 90) // room for the first column
	t.End = t.End.Add(t.End.Sub(t.Begin) / 60)      // and for the last
	if len(job.Quarantines) > 0 {
		t.Floor = bandsFloor
	}
	t.AxisY = t.Floor + 0.5
	t.setTicks()
	t.setColumns(job.Cycles)
	for _, q := range job.Quarantines {
		b := t.band(q.Began, q.Ended, "Quarantine", q.Reason)
		for _, a := range q.Attempts {
			b.Attempts = append(b.Attempts, pct(t.at(a.At)))
		}
		t.Bands = append(t.Bands, b)
	}
	t.setEvents(s.Events)
	t.Height, t.LabelY = t.Floor+26, t.Floor+20
	if t.Failures {
		t.Height, t.LabelY = t.Floor+depth+26, t.Floor+depth+20
	}
	t.Summary = fmt.Sprintf("%s from %s to %s, %s, %s", count(len(job.Cycles), "cycle"), virtualTime(job.Cycles[0].Began), virtualTime(job.Cycles[len(job.Cycles)-1].Ended),
		count(len(job.Quarantines), "quarantine"), count(len(s.Events), "event"))
	return t
}

func (t *timeline) include(times ...time.Time) {
	for _, at := range times {
		switch {
		case at.IsZero():
		case at.Before(t.Begin):
			t.Begin = at
		case at.After(t.End):
			t.End = at
		}
	}
}

// at returns the position of a time in percent.
func (t *timeline) at(at time.Time) float64 {
	return 100 * float64(at.Sub(t.Begin)) / float64(t.End.Sub(t.Begin))
}

func pct(x float64) string { return fmt.Sprintf("%.3f%%", x) }

func (t *timeline) setTicks() {
	length := t.End.Sub(t.Begin)
	step := 30 * 24 * time.Hour
	for _, candidate := range []time.Duration{10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour} {
		if length/candidate < 8 {
			step = candidate
			break
		}
	}
	for step < length/12 {
		step *= 2
	}
	format := "15:04"
	if step >= 24*time.Hour {
		format = "Mon 2 Jan"
	}
	first := t.Begin.UTC().Truncate(step)
	if first.Before(t.Begin) {
		first = first.Add(step)
	}
	for at, i := first, 0; at.Before(t.End); at, i = at.Add(step), i+1 {
		x := t.at(at)
		if x < 3 {
			continue
		}
		t.Ticks = append(t.Ticks, tick{X: pct(x), Label: at.Format(format), Odd: i%2 == 1, Last: x > 94})
	}
}

func (t *timeline) band(from, to time.Time, label, title string) band {
	until := " to " + virtualTime(to)
	if to.IsZero() {
		to, until = t.End, ", ongoing"
	}
	x, width := t.at(from), max(0.4, t.at(to)-t.at(from))
	labelX, left := x, false
	switch {
	case width > 30: // inside, on a phone too
	case x+width < 70:
		labelX = x + width
	default:
		left = true
	}
	return band{
		X: pct(x), Width: pct(width), Label: label, LabelX: pct(labelX), Left: left,
		Title: fmt.Sprintf("%s: %s (%s%s)", label, title, virtualTime(from), until),
	}
}

func (t *timeline) setEvents(events []Event) {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	for i, e := range sorted {
		if !e.Until.IsZero() {
			t.Outages = append(t.Outages, t.band(e.At, e.Until, "Outage", e.Title))
		}
		if i < maxMarks || e.Kind != EventChange {
			t.Marks = append(t.Marks, mark{X: pct(t.at(e.At)), Event: e})
		}
	}
}
