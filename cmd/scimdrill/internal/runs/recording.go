package runs

import "time"

// Recording are what run.json says about a recording.
type Recording struct {
	Requests int            `json:"requests"`
	Failed   int            `json:"failed"`
	Kinds    map[string]int `json:"kinds"`
	Cycles   int            `json:"cycles"`
	First    *time.Time     `json:"first,omitempty"`
	Last     *time.Time     `json:"last,omitempty"`
	Dialect  string         `json:"dialect,omitempty"`
	Evidence []string       `json:"evidence,omitempty"`
	// LeftOut is how many exchanges are missing in exchanges.har.
	LeftOut int `json:"leftOut,omitempty"`
}
