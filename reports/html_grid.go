package reports

import "strings"

// gridView is the grid in the form that the page shows.
type gridView struct {
	Writes, Reads int // the numbers of routes
	Routes        []Route
	Rows          []gridRowView
	Failed        int // cells
}

type gridRowView struct {
	Attribute string
	Label     string // without the beginning that all extensions have
	Cells     []gridCellView
}

// gridCellView is a cell. Anchor is that of the entry that decided it.
type gridCellView struct {
	Outcome Outcome
	Anchor  string
	Title   string
}

// gridViews returns the grid of a section, or nil if it has none.
func gridViews(c *Conformance) *gridView {
	if c.Grid == nil || len(c.Grid.Rows) == 0 {
		return nil
	}
	v := &gridView{Routes: c.Grid.Routes}
	for _, route := range v.Routes {
		if route.Reads {
			v.Reads++
		} else {
			v.Writes++
		}
	}
	for _, row := range c.Grid.Rows {
		view := gridRowView{Attribute: row.Attribute, Label: strings.TrimPrefix(row.Attribute, "urn:ietf:params:scim:schemas:extension:")}
		for i, o := range row.Cells[:min(len(row.Cells), len(v.Routes))] {
			route := v.Routes[i]
			if o.Finding() {
				v.Failed++
			}
			view.Cells = append(view.Cells, gridCellView{o, gridAnchor(c, route.Check, row.Attribute), row.Attribute + ", " + route.Name + ": " + o.Label() + " (" + route.Check + ")"})
		}
		v.Rows = append(v.Rows, view)
	}
	return v
}

// gridAnchor is the anchor of the entry of a check about an attribute, or of the check itself.
func gridAnchor(c *Conformance, id, attribute string) string {
	key := ""
	for _, check := range c.Checks {
		if check.ID == id && (key == "" || check.Subject == attribute) {
			key = check.Key()
		}
	}
	return anchor(key)
}
