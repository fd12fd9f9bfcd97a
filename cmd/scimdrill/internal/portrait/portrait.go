// Package portrait draws a source directory for a terminal of 80 columns.
package portrait

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/directory/census"
)

const (
	barWidth   = 32
	labelWidth = 30
	mostRows   = 12
)

// row is a labelled number.
type row struct {
	label string
	n     int
}

// Text draws a census.
func Text(c *census.Census) *console.Page {
	p := &console.Page{}
	p.Line(fmt.Sprintf("users        %d (%d disabled, %d soft-deleted, %d with a manager, %s)",
		c.Users.All, c.Users.Disabled, c.Users.SoftDeleted, c.Users.Managed, console.Counted(c.Guests, "guest")))
	p.Line(fmt.Sprintf("groups       %d (%d memberships), %d dynamic, %d with groups in them", c.Groups.All, c.Memberships, c.Dynamic, c.Nesting))
	all := ""
	if c.EveryoneAssigned {
		all = " (none in the file, so every user and group counts as assigned)"
	}
	p.Item("assignments  ", fmt.Sprintf("%d%s", c.Assignments, all))
	p.Line(fmt.Sprintf("in scope     %d users, %d groups", c.Users.Entitled, c.Groups.Entitled))
	why(p, c)
	if c.Users.All == 0 {
		return p
	}
	bars(p, "Users by department", departments(c))
	bars(p, "Users by distance from the top (managers above them)", levels(c))
	if c.Groups.All > 0 {
		bars(p, fmt.Sprintf("Groups by number of users (the largest has %s)", console.Grouped(c.Largest)), sizes(c))
	}
	shares(p, "Users without a value", c.Missing, c.Users.All)
	shares(p, "Users whose value another user has too (case and spaces ignored)", c.Duplicates, c.Users.All)
	return p
}

// why says why a first cycle creates fewer objects than exist.
func why(p *console.Page, c *census.Census) {
	p.Heading("What a first cycle provisions (scope assigned, no scoping filter)")
	p.Line(fmt.Sprintf("%9s  users of %s", console.Grouped(int64(c.Users.Created)), console.Grouped(int64(c.Users.All))))
	less := func(n int, text string) {
		if n > 0 {
			p.Item(fmt.Sprintf("%9s  ", "-"+console.Grouped(int64(n))), text)
		}
	}
	less(c.Users.All-c.Users.SoftDeleted-c.Users.Entitled, "not assigned: no assignment of their own, and no immediate member of an assigned group"+nested(c))
	less(c.Users.Entitled-c.Users.Created, "assigned but disabled: a disabled user who was never provisioned is not created (E-69)")
	less(c.Users.SoftDeleted, "in the recycle bin")
	p.Line(fmt.Sprintf("%9s  groups of %s", console.Grouped(int64(c.Groups.Entitled-c.Insecure)), console.Grouped(int64(c.Groups.All))))
	less(c.Groups.All-c.Groups.SoftDeleted-c.Groups.Entitled, "not assigned")
	less(c.Insecure, "assigned but not security-enabled: they give their members nothing (E-63)")
	less(c.Groups.SoftDeleted, "in the recycle bin")
}

func nested(c *census.Census) string {
	if c.NestedOnly == 0 {
		return ""
	}
	return fmt.Sprintf("; %s of them only through a group in an assigned group, which Entra does not follow (E-62)", console.Grouped(c.NestedOnly))
}

func departments(c *census.Census) []row {
	rows := ranked(c.Departments)
	if len(rows) > mostRows {
		rest := row{label: fmt.Sprintf("%d more", len(rows)-mostRows+1)}
		for _, r := range rows[mostRows-1:] {
			rest.n += r.n
		}
		rows = append(rows[:mostRows-1], rest)
	}
	for i := range rows {
		rows[i].label = cmp.Or(rows[i].label, "(none)")
	}
	return rows
}

func levels(c *census.Census) []row {
	var rows []row
	for depth, n := range c.Levels {
		label := strconv.Itoa(depth)
		if depth == 0 {
			label = "0 (no manager)"
		}
		if len(rows) == mostRows {
			rows[mostRows-1].label, n = fmt.Sprintf("%d or more", mostRows-1), n+rows[mostRows-1].n
			rows[mostRows-1].n = n
			continue
		}
		rows = append(rows, row{label, n})
	}
	for _, r := range []row{{"in a circle of managers", c.Loops}} {
		if r.n > 0 {
			rows = append(rows, r)
		}
	}
	return rows
}

func sizes(c *census.Census) []row {
	var rows []row
	for class, n := range c.Sizes {
		label := "none"
		if class > 0 {
			from := int64(math.Pow10(class - 1))
			label = console.Grouped(from) + " to " + console.Grouped(from*10-1)
		}
		rows = append(rows, row{label, n})
	}
	return rows
}

func ranked(counts map[string]int) []row {
	var rows []row
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		rows = append(rows, row{name, counts[name]})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return b.n - a.n })
	return rows
}

// bars draws rows with a bar each; whoever is there at all has a bar.
func bars(p *console.Page, title string, rows []row) {
	if len(rows) == 0 {
		return
	}
	p.Heading(title)
	most := 1
	for _, r := range rows {
		most = max(most, r.n)
	}
	for _, r := range rows {
		label := layout.Shorten(r.label, labelWidth)
		label += strings.Repeat(" ", max(0, labelWidth-layout.Cells(label)))
		p.Line(fmt.Sprintf("  %s %10s  %s", label, console.Grouped(int64(r.n)), strings.Repeat("#", (r.n*barWidth+most-1)/most)))
	}
}

// shares draws counts with their part of all users.
func shares(p *console.Page, title string, counts map[string]int, all int) {
	rows := slices.DeleteFunc(ranked(counts), func(r row) bool { return r.n == 0 })
	if len(rows) == 0 {
		return
	}
	p.Heading(title)
	for _, r := range rows {
		p.Line(fmt.Sprintf("  %-*s %10s  %5.1f %%", labelWidth, r.label, console.Grouped(int64(r.n)), 100*float64(r.n)/float64(max(1, all))))
	}
}
