package diff

import "slices"

// Facts describe one side.
type Facts struct {
	Requests int      `json:"requests"`
	Cycles   int      `json:"cycles"`
	Idle     int      `json:"idle"`
	Dialect  string   `json:"dialect,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
}

// Example is one place of a difference.
type Example struct {
	Where     string `json:"where"`
	Run       string `json:"run"`       // empty: no such request
	Recording string `json:"recording"` // empty: no such request
}

// Difference is one rule in which the two sides differ.
type Difference struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	// Option would explain the difference: "--set memberAdd=replace"; empty if none is known.
	Option string `json:"option,omitempty"`
	// Count is the number of occurrences, Examples the first few of them.
	Count    int       `json:"count"`
	Examples []Example `json:"examples"`
}

// Result is the result of a comparison.
type Result struct {
	Run         Facts        `json:"run"`
	Recording   Facts        `json:"recording"`
	Differences []Difference `json:"differences"`
	// Notes are remarks that are not differences.
	Notes []string `json:"notes,omitempty"`
}

// Options are those of all differences together.
func (r *Result) Options() []string {
	var all []string
	for _, d := range r.Differences {
		if d.Option != "" && !slices.Contains(all, d.Option) {
			all = append(all, d.Option)
		}
	}
	slices.Sort(all)
	return all
}
