package reports

// Grid is what the checks say about each attribute of users on each route by which it is written or read.
type Grid struct {
	Routes []Route   `json:"routes"`
	Rows   []GridRow `json:"rows"`
}

// Route is a way to write or read attributes, and the check that takes every attribute by it.
type Route struct {
	Name  string `json:"name"`
	Check string `json:"check"`
	// Reads tells a way to read from a way to write.
	Reads bool `json:"reads,omitempty"`
}

// GridRow is an attribute, with an outcome for each route.
type GridRow struct {
	Attribute string    `json:"attribute"`
	Cells     []Outcome `json:"cells"`
}
