package explained

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// maxPeople is the number of objects that are named below a cause, unless all are wanted.
const maxPeople = 10

// Text prints explanations by cause, failures first.
func Text(con *console.Console, list []explain.Explanation, all bool) {
	first, last := list[0].Time(), list[len(list)-1].Time()
	con.Print("%s from %s to %s UTC: %s", entries(len(list)), first.Format("2006-01-02 15:04"), last.Format("2006-01-02 15:04"), tally(list))
	titles := map[string]string{}
	for _, d := range target.Catalog() {
		titles[d.ID] = d.Title
	}
	for i, g := range explain.ByCause(list) {
		con.Print("")
		con.Row(fmt.Sprintf("%d. ", i+1), fmt.Sprintf("%s (%s)", g.Cause.What, entries(len(g.Entries))))
		con.Row("   why     ", g.Cause.Why)
		for _, r := range g.Cause.Remedies {
			con.Row("   change  ", r.Place.Phrase()+": "+r.Do)
		}
		if len(g.Cause.Rules) > 0 {
			con.Row("   rules   ", strings.Join(g.Cause.Rules, ", "))
		}
		s := shows(g.Entries[0])
		if len(s.Checks) > 0 {
			con.Row("   checks  ", strings.Join(s.Checks, ", "))
		}
		for _, d := range s.Defects {
			con.Row("   defect  ", d+": "+titles[d])
		}
		people(con, g.Entries, all)
	}
}

func people(con *console.Console, list []*explain.Explanation, all bool) {
	for i, x := range list {
		if i == maxPeople && !all {
			con.Print("   … and %d more; --all lists them", len(list)-i)
			return
		}
		text := x.Name()
		if account := x.Account(); account != "" && account != text {
			text += " (" + account + ")"
		}
		text = fmt.Sprintf("%s: %s, %s", text, x.Facts.Action, x.Facts.Status)
		if code := x.Facts.Code; code != "" {
			text += ", " + code
		} else if x.Facts.Skip != "" {
			text += ", " + x.Facts.Skip
		}
		if x.Why != "" {
			text += "; " + x.Why
		}
		con.Row("   "+x.Time().Format("2006-01-02 15:04")+"  ", text)
	}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return console.Grouped(int64(n)) + " entries"
}

// tally counts entries by status.
func tally(list []explain.Explanation) string {
	var names []string
	counts := map[string]int{}
	for i := range list {
		status := string(list[i].Facts.Status)
		if counts[status]++; counts[status] == 1 {
			names = append(names, status)
		}
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", counts[name], name)
	}
	return strings.Join(names, ", ")
}
