package explained

import (
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// document is an explanation as JSON.
type document struct {
	Notes   []string        `json:"notes,omitempty"`
	Entries []entryDocument `json:"entries"`
}

type entryDocument struct {
	Place    string        `json:"place"`
	ID       string        `json:"id,omitempty"`
	Time     time.Time     `json:"time"`
	Kind     string        `json:"kind"`
	Name     string        `json:"name"`
	Account  string        `json:"account,omitempty"`
	SourceID string        `json:"sourceId,omitempty"`
	TargetID string        `json:"targetId,omitempty"`
	Action   string        `json:"action"`
	Status   string        `json:"status"`
	Cause    explain.Cause `json:"cause"`
	Known    bool          `json:"known"`
	Why      string        `json:"why,omitempty"`
	Facts    explain.Facts `json:"facts"`
	shown
}

// JSON prints explanations as one document.
func JSON(con *console.Console, list []explain.Explanation, notes []string) error {
	d := document{Notes: notes, Entries: make([]entryDocument, 0, len(list))}
	for i := range list {
		x := &list[i]
		d.Entries = append(d.Entries, entryDocument{
			Place: x.Entry.Place, ID: x.Entry.ID, Time: x.Time(), Kind: x.Kind(), Name: x.Name(), Account: x.Account(),
			SourceID: x.Entry.SourceIdentity.ID, TargetID: x.Entry.TargetIdentity.ID,
			Action: string(x.Facts.Action), Status: string(x.Facts.Status), Cause: x.Cause, Known: x.Cause.Key != explain.Unknown,
			Why: x.Why, Facts: x.Facts, shown: shows(x),
		})
	}
	return con.PrintIndented(d)
}
