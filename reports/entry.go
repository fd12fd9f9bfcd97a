package reports

import (
	"cmp"
	"slices"
	"time"
)

// MaxEntries is the maximum number of provisioning log entries in a report. The complete log
// is in provisioning-log.jsonl.
const MaxEntries = 2000

// The statuses of an Entry and of a Step, as in Microsoft Graph.
const (
	StatusSuccess = "success"
	StatusWarning = "warning"
	StatusFailure = "failure"
	StatusSkipped = "skipped"
)

// Entry describes the processing of one object in one cycle.
type Entry struct {
	Time       time.Time `json:"time"`
	Cycle      int       `json:"cycle"`
	Action     string    `json:"action"`
	Status     string    `json:"status"`
	ObjectType string    `json:"objectType"`
	SourceID   string    `json:"sourceId,omitempty"`
	SourceName string    `json:"sourceName,omitempty"`
	TargetID   string    `json:"targetId,omitempty"`
	Steps      []Step    `json:"steps,omitempty"`
	Modified   []Change  `json:"modified,omitempty"`
	Error      string    `json:"error,omitempty"`
	Failure    *Failure  `json:"failure,omitempty"`
}

// Step is one processing stage of an object.
type Step struct {
	Name        string            `json:"name"`
	Type        string            `json:"type"`
	Status      string            `json:"status"`
	Description string            `json:"description,omitempty"`
	Details     map[string]string `json:"details,omitempty"`
}

// Change is one written property.
type Change struct {
	Name string `json:"name"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
}

// EntryLog selects the entries that a report contains, and keeps no more of them than needed.
// The zero value is ready to use.
//
// If there are more than MaxEntries, up to half of the selected entries are the earliest
// failures and warnings. The others are the earliest entries of any other status. The order
// is kept.
type EntryLog struct {
	urgent, rest []numbered
	total        int
}

type numbered struct {
	number int
	entry  Entry
}

// Add adds the next entry of the provisioning log.
func (l *EntryLog) Add(e Entry) { l.AddFunc(e.Status, func() Entry { return e }) }

// AddFunc adds the next entry of the provisioning log. It calls entry only if the entry may be chosen.
func (l *EntryLog) AddFunc(status string, entry func() Entry) {
	l.total++
	list := &l.rest
	if status == StatusFailure || status == StatusWarning {
		list = &l.urgent
	}
	if len(*list) < MaxEntries {
		*list = append(*list, numbered{l.total, entry()})
	}
}

// Entries returns the selected entries and the total number of entries.
func (l *EntryLog) Entries() ([]Entry, int) {
	urgent := min(len(l.urgent), max(MaxEntries/2, MaxEntries-len(l.rest)))
	chosen := slices.Concat(l.urgent[:urgent], l.rest[:min(len(l.rest), MaxEntries-urgent)])
	slices.SortFunc(chosen, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	entries := make([]Entry, len(chosen))
	for i, n := range chosen {
		entries[i] = n.entry
	}
	return entries, l.total
}
