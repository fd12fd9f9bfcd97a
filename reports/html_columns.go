package reports

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// column is one cycle in the timeline. If there are too many cycles, it is several.
type column struct {
	X, Width   string // of the bar
	HitX, HitW string // of the pointer area
	Cycles     string // "12" or "12-40", in the form of the log filter
	Parts      []part
	State      string // tone of the state, if it failed
	Kind       string
	Label      string
	Busy       bool
	Lasting    string // width of the duration, if it exceeds the bar
	From       string
}

// part is a part of a bar. Writes stack up from the floor, and failures extend below it.
type part struct {
	Class     string
	Y, Height float64
}

// setColumns draws one bar per cycle, or one bar for several cycles if there are too many.
func (t *timeline) setColumns(cycles []Cycle) {
	groups := t.groups(cycles)
	most, worst := 1, 1
	for _, g := range groups {
		c := foldCycles(g).Counts
		most, worst = max(most, c.Writes()), max(worst, c.Failed)
	}
	width := t.barWidth(groups)
	for _, g := range groups {
		row := foldCycles(g)
		middle := t.at(row.Began)
		if len(g) > 1 {
			middle = (middle + t.at(g[len(g)-1].Began)) / 2
		}
		hit := max(width, 1.2)
		c := column{
			X: pct(middle - width/2), Width: pct(width), HitX: pct(middle - hit/2), HitW: pct(hit), Cycles: strings.ReplaceAll(row.Name, "–", "-"), Kind: row.Kind,
			Label: columnLabel(row, g), Busy: row.Counts.Writes() > 0 || row.Counts.Failed > 0 || row.State != CycleSucceeded,
		}
		if tone(row.State) == "failed" {
			c.State = "failed"
		}
		if took := t.at(g[len(g)-1].Ended) - t.at(row.Began); took > width {
			t.Lasting, c.From, c.Lasting = true, pct(t.at(row.Began)), pct(took)
		}
		c.Parts = t.barParts(row.Counts, most, worst)
		t.Failures = t.Failures || row.Counts.Failed > 0 || c.State != ""
		t.Columns = append(t.Columns, c)
	}
}

// barParts stacks the writes of a cycle. Heights are logarithmic, because an initial cycle can
// write a thousand times as much as others. Within a bar, parts are proportional.
func (t *timeline) barParts(c CycleCounts, most, worst int) []part {
	var parts []part
	tenth := func(y float64) float64 { return math.Round(y*10) / 10 }
	if writes := c.Writes(); writes > 0 {
		height := 7 + (barHeight-7)*math.Log1p(float64(writes))/math.Log1p(float64(most))
		y := t.Floor
		for _, p := range []struct {
			class string
			n     int
		}{
			{"created", c.Created}, {"updated", c.Updated}, {"disabled", c.Disabled}, {"deleted", c.Deleted}, {"members", c.MembershipsAdded + c.MembershipsRemoved},
		} {
			if p.n > 0 {
				h := height * float64(p.n) / float64(writes)
				y -= h
				parts = append(parts, part{p.class, tenth(y), tenth(h)})
			}
		}
	}
	if c.Failed > 0 {
		h := 6 + (depth-8)*math.Log1p(float64(c.Failed))/math.Log1p(float64(worst))
		parts = append(parts, part{"failed", t.Floor + 1, tenth(h)})
	}
	return parts
}

// groups groups cycles into columns of equal duration if there are too many to draw.
func (t *timeline) groups(cycles []Cycle) [][]Cycle {
	if len(cycles) <= maxColumns {
		groups := make([][]Cycle, len(cycles))
		for i := range cycles {
			groups[i] = cycles[i : i+1]
		}
		return groups
	}
	step := 365 * 24 * time.Hour
	for _, s := range []time.Duration{time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour} {
		if t.End.Sub(t.Begin)/s <= wideColumns {
			step = s
			break
		}
	}
	t.Aggregated = virtualSpan(step)
	var groups [][]Cycle
	var slot time.Time
	for i, c := range cycles {
		if here := c.Began.UTC().Truncate(step); i == 0 || here.After(slot) {
			groups, slot = append(groups, nil), here
		}
		groups[len(groups)-1] = append(groups[len(groups)-1], c)
	}
	return groups
}

// barWidth leaves a gap between the two closest bars.
func (t *timeline) barWidth(groups [][]Cycle) float64 {
	closest := 100.0
	for i := 1; i < len(groups); i++ {
		if gap := t.at(groups[i][0].Began) - t.at(groups[i-1][0].Began); gap > 0 {
			closest = min(closest, gap)
		}
	}
	return max(0.28, min(2.4, 0.8*closest))
}

func columnLabel(row cycleRow, g []Cycle) string {
	when := dayName(row.Began) + " " + clockTime(row.Began)
	if len(g) == 1 {
		label := fmt.Sprintf("Cycle %s · %s · %s · %s", row.Name, when, row.Kind, writesText(row.Counts, row.State))
		if took := g[0].Ended.Sub(g[0].Began); took >= time.Minute {
			label += " · took " + virtualSpan(took)
		}
		return label
	}
	return fmt.Sprintf("Cycles %s · from %s · %s", row.Name, when, writesText(row.Counts, row.State))
}

// writesText lists the writes of a cycle, and omits counts of zero.
func writesText(c CycleCounts, state string) string {
	var parts []string
	for _, p := range []struct {
		n    int
		word string
	}{
		{c.Created, "created"},
		{c.Updated, "updated"},
		{c.Disabled, "disabled"},
		{c.Deleted, "deleted"},
		{c.MembershipsAdded, "members added"},
		{c.MembershipsRemoved, "members removed"},
		{c.Failed, "failed"},
	} {
		if p.n > 0 {
			parts = append(parts, thousands(p.n)+" "+p.word)
		}
	}
	if tone(state) == "failed" {
		parts = append([]string{"the cycle failed"}, parts...)
	}
	if len(parts) == 0 {
		parts = []string{"nothing to do"}
	}
	return strings.Join(parts, ", ") + " · " + count(c.Requests, "request")
}
