package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// view is what is known about a phase at one instant.
type view struct {
	position

	elapsed  time.Duration
	requests int64   // since the phase began
	rate     float64 // requests a second, lately
	virtual  time.Time
}

const (
	nameCells = 20 // names of phases stand under each other
	leastBar  = 8
	mostBar   = 24
)

// running is the line of a phase under way, of at most so many cells: what matters least
// is left out first.
func (v view) running(columns int) string {
	head := v.phase + strings.Repeat(" ", max(nameCells-uniseg.StringWidth(v.phase), 1))
	facts := v.facts()
	for len(facts) > 1 && uniseg.StringWidth(head+strings.Join(facts, "  ")) > columns {
		facts = facts[:len(facts)-1]
	}
	tail := strings.Join(facts, "  ")
	room := columns - uniseg.StringWidth(head+tail) - len("[] ")
	if v.total > 0 && room >= leastBar {
		head += bar(v.done, v.total, min(room, mostBar)) + " "
	}
	return clip(head+tail, columns)
}

// facts are what is worth knowing about a phase under way, the most important first.
func (v view) facts() []string {
	list := []string{v.reached("/")}
	if v.requests > 0 {
		list = append(list, grouped(int64(v.rate+0.5))+" req/s")
	}
	if !v.virtual.IsZero() {
		list = append(list, virtualClock(v.virtual))
	}
	if v.requests == 0 || v.virtual.IsZero() {
		list = append(list, spent(v.elapsed))
	}
	return list
}

// soFar is the plain line of a phase that is under way.
func (v view) soFar() string {
	text := v.phase + ": " + v.reached(" of ") + " so far"
	if v.requests > 0 {
		text += fmt.Sprintf(", %s, %s a second", counted(v.requests, "request"), grouped(int64(v.rate+0.5)))
	}
	if !v.virtual.IsZero() {
		text += ", " + virtualClock(v.virtual)
	}
	return text
}

// over is the line of a phase that has ended.
func (v view) over() string {
	text := v.phase + ": " + v.reached(" of ")
	if v.requests > 0 {
		text += ", " + counted(v.requests, "request")
	}
	return text + ", " + spent(v.elapsed)
}

// reached says how far the phase is: "12,000/20,000", "3 of 8 groups".
func (v view) reached(of string) string {
	if v.text != "" {
		return v.text
	}
	text := grouped(v.done)
	if v.total > 0 {
		text += of + grouped(v.total)
	}
	if v.unit != "" {
		text += " " + v.unit
	}
	return text
}

// bar draws a fraction; it is full only when all is done.
func bar(done, total int64, cells int) string {
	full := min(int(float64(done)/float64(total)*float64(cells)), cells)
	return "[" + strings.Repeat("#", full) + strings.Repeat("-", cells-full) + "]"
}

// spent writes wall time: 0.4 s, 12 s, 3m5s.
func spent(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	default:
		return d.Round(time.Second).String()
	}
}

// virtualClock writes a point of virtual time.
func virtualClock(at time.Time) string { return at.UTC().Format("2 Jan 15:04") }
