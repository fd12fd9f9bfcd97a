package reports

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"
)

const (
	maxBars   = 300
	barHeight = 84.0 // of the tallest bar, in pixels
	barFloor  = 178.0
	maxMarks  = 40
)

// timeline is the geometry of the picture of a job: x in percent of its width,
// so that it fits any screen without a style attribute, y in pixels.
type timeline struct {
	Begin, End time.Time
	Ticks      []tick
	Bars       []bar
	Bands      []band // quarantines
	Outages    []band
	Marks      []mark
	MarksLeft  int
	Summary    string
}

type tick struct {
	X, Label string
	Odd      bool
	Last     bool
}

type bar struct {
	X, Width  string
	Y, Height float64
	Tone      string
	Title     string
}

type band struct {
	X, Width, Title string
	Label, LabelX   string
	Left            bool // the label stands before LabelX
}

type mark struct {
	Number int
	X      string
	Y      int
	Event  Event
}

func newTimeline(s *Simulation) *timeline {
	if len(s.Cycles) == 0 {
		return nil
	}
	t := &timeline{Begin: s.Cycles[0].Began, End: s.Cycles[len(s.Cycles)-1].Ended}
	for _, q := range s.Quarantines {
		t.include(q.Began, q.Ended)
	}
	for _, e := range s.Events {
		t.include(e.At, e.Until)
	}
	if t.End.Sub(t.Begin) < time.Hour {
		t.End = t.Begin.Add(time.Hour)
	}
	t.End = t.End.Add(t.End.Sub(t.Begin) / 60) // room for the last bar
	t.setTicks()
	t.setBars(s.Cycles)
	for _, q := range s.Quarantines {
		t.Bands = append(t.Bands, t.band(q.Began, q.Ended, "Quarantine", q.Reason))
	}
	t.setEvents(s.Events)
	t.Summary = fmt.Sprintf("%s from %s to %s, %s, %s", count(len(s.Cycles), "cycle"), virtualTime(t.Begin), virtualTime(s.Cycles[len(s.Cycles)-1].Ended),
		count(len(s.Quarantines), "quarantine"), count(len(s.Events), "event"))
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

// at gives the place of a time in percent.
func (t *timeline) at(at time.Time) float64 {
	return 100 * float64(at.Sub(t.Begin)) / float64(t.End.Sub(t.Begin))
}

func pct(x float64) string { return fmt.Sprintf("%.3f%%", x) }

func (t *timeline) setTicks() {
	step := 30 * 24 * time.Hour
	for _, candidate := range []time.Duration{10 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour} {
		if t.End.Sub(t.Begin)/candidate < 8 {
			step = candidate
			break
		}
	}
	for step < t.End.Sub(t.Begin)/12 {
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
		t.Ticks = append(t.Ticks, tick{X: pct(x), Label: at.Format(format), Odd: i%2 == 1, Last: x > 92})
	}
}

// setBars draws one bar a cycle, or one for several when there are many.
func (t *timeline) setBars(cycles []Cycle) {
	groups := t.groups(cycles)
	most := 1
	for _, g := range groups {
		most = max(most, foldCycles(g).Counts.Writes())
	}
	width := t.barWidth(groups)
	for _, g := range groups {
		row := foldCycles(g)
		b := bar{X: pct(t.at(row.Began)), Width: pct(width), Height: 4, Tone: "idle"}
		if writes := row.Counts.Writes(); writes > 0 {
			b.Height, b.Tone = 6+(barHeight-6)*math.Log1p(float64(writes))/math.Log1p(float64(most)), row.Kind
		}
		switch tone(row.State) {
		case "failed":
			b.Height, b.Tone = max(b.Height, 22), "failed"
		case "warned":
			b.Height, b.Tone = max(b.Height, 12), "warned"
		}
		b.Height = math.Round(b.Height*10) / 10
		b.Y = math.Round((barFloor-b.Height)*10) / 10
		b.Title = fmt.Sprintf("Cycle %s, %s, %s: %s", row.Name, virtualTime(row.Began), row.State, writesText(row.Counts))
		t.Bars = append(t.Bars, b)
	}
}

func (t *timeline) groups(cycles []Cycle) [][]Cycle {
	var groups [][]Cycle
	slot := -1
	for i, c := range cycles {
		here := i
		if len(cycles) > maxBars {
			here = int(t.at(c.Began) / 100 * maxBars)
		}
		if here != slot {
			groups = append(groups, nil)
			slot = here
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], c)
	}
	return groups
}

// barWidth leaves a gap between the two bars that stand closest.
func (t *timeline) barWidth(groups [][]Cycle) float64 {
	closest := 100.0
	for i := 1; i < len(groups); i++ {
		if gap := t.at(groups[i][0].Began) - t.at(groups[i-1][0].Began); gap > 0 {
			closest = min(closest, gap)
		}
	}
	return max(0.12, min(2.4, 0.72*closest))
}

func writesText(c CycleCounts) string {
	if c.Writes() == 0 && c.Failed == 0 {
		return "nothing to do"
	}
	return fmt.Sprintf("%d created, %d updated, %d disabled, %d deleted, %s, %s", c.Created, c.Updated, c.Disabled, c.Deleted,
		count(c.MembershipsAdded+c.MembershipsRemoved, "membership"), count(c.Failed, "failure"))
}

func (t *timeline) band(from, to time.Time, label, title string) band {
	until := " to " + virtualTime(to)
	if to.IsZero() {
		to, until = t.End, ", still lasting"
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

// setEvents numbers the events, and staggers those that would overlap.
func (t *timeline) setEvents(events []Event) {
	sorted := slices.Clone(events)
	slices.SortStableFunc(sorted, func(a, b Event) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) })
	ends := [2]float64{-100, -100}
	for i, e := range sorted {
		if !e.Until.IsZero() {
			t.Outages = append(t.Outages, t.band(e.At, e.Until, "Outage", e.Title))
		}
		if i >= maxMarks {
			t.MarksLeft++
			continue
		}
		x, row := t.at(e.At), 0
		if x-ends[0] < 4 && ends[1] < ends[0] {
			row = 1
		}
		ends[row] = x
		t.Marks = append(t.Marks, mark{Number: i + 1, X: pct(x), Y: 16 + 20*row, Event: e})
	}
}
