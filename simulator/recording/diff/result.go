package diff

import "slices"

// Facts are what a side is.
type Facts struct {
	Requests int      `json:"requests"`
	Cycles   int      `json:"cycles"`
	Idle     int      `json:"idle"`
	Dialect  string   `json:"dialect,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
}

// Example is where a difference was seen.
type Example struct {
	Where     string `json:"where"`
	Run       string `json:"run"`       // empty: nothing of the kind
	Recording string `json:"recording"` // empty: nothing of the kind
}

// Difference is one rule in which the two sides differ.
type Difference struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	// Option is what would explain it: "--set memberAdd=replace"; empty where nothing is known.
	Option string `json:"option,omitempty"`
	// Count is how often it was seen, Examples the first few of it.
	Count    int       `json:"count"`
	Examples []Example `json:"examples"`
}

// Result is what a comparison came to.
type Result struct {
	Run         Facts        `json:"run"`
	Recording   Facts        `json:"recording"`
	Differences []Difference `json:"differences"`
	// Notes are what a reader should know and what is no difference.
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
