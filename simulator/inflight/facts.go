package inflight

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Facts are what the next run must know of a write whose effect was not committed (S1): what the
// target has now, or how to find out.
type Facts struct {
	Part    string         `json:"part"` // of the object: itself, its manager, its members
	Action  provlog.Action `json:"action"`
	Kind    string         `json:"kind"` // "User" or "Group"
	Num     int64          `json:"num"`
	Source  string         `json:"source"`
	Target  string         `json:"target,omitempty"` // "" of a create
	CycleID string         `json:"cycleId"`
	Cycle   int            `json:"cycle"`
	Attempt int            `json:"attempt,omitempty"`
	Demand  int            `json:"demand,omitempty"` // of a provisioning on demand, its number
	At      time.Time      `json:"at"`
	Names   string         `json:"names,omitempty"` // the matching values, as a link keeps them
	Managed bool           `json:"managed,omitempty"`
	Shared  bool           `json:"shared,omitempty"`
	NewLink bool           `json:"newLink,omitempty"`
	Back    bool           `json:"back,omitempty"`
	Match   []Value        `json:"match,omitempty"`   // of a create
	Manager string         `json:"manager,omitempty"` // the target id that was written
	Members []Member       `json:"members,omitempty"`
	Present bool           `json:"present,omitempty"` // the members were added
}

// Value is a matching attribute with the value that a create sends.
type Value struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
}

// Member is a membership that is written.
type Member struct {
	Num    int64  `json:"num"`
	Target string `json:"target"`
}

// append writes the facts with the bytes that encoding/json gives, in a fifth of the time: there is
// one for every request that writes. A test compares the two.
func (w *Facts) append(b []byte) []byte {
	b = appendString(append(b, `{"part":`...), w.Part)
	b = appendString(append(b, `,"action":`...), string(w.Action))
	b = appendString(append(b, `,"kind":`...), w.Kind)
	b = strconv.AppendInt(append(b, `,"num":`...), w.Num, 10)
	b = appendString(append(b, `,"source":`...), w.Source)
	b = appendFilled(b, `,"target":`, w.Target)
	b = appendString(append(b, `,"cycleId":`...), w.CycleID)
	b = strconv.AppendInt(append(b, `,"cycle":`...), int64(w.Cycle), 10)
	b = appendCount(b, `,"attempt":`, w.Attempt)
	b = appendCount(b, `,"demand":`, w.Demand)
	b = append(w.At.UTC().AppendFormat(append(b, `,"at":"`...), time.RFC3339Nano), '"')
	b = appendFilled(b, `,"names":`, w.Names)
	b = appendTrue(b, `,"managed":true`, w.Managed)
	b = appendTrue(b, `,"shared":true`, w.Shared)
	b = appendTrue(b, `,"newLink":true`, w.NewLink)
	b = appendTrue(b, `,"back":true`, w.Back)
	for i, m := range w.Match {
		b = append(b, listed(i, `,"match":[`)...)
		b = appendString(append(b, `{"attribute":`...), m.Attribute)
		b = append(appendString(append(b, `,"value":`...), m.Value), '}')
	}
	b = appendTrue(b, `]`, len(w.Match) > 0)
	b = appendFilled(b, `,"manager":`, w.Manager)
	for i, m := range w.Members {
		b = append(b, listed(i, `,"members":[`)...)
		b = strconv.AppendInt(append(b, `{"num":`...), m.Num, 10)
		b = append(appendString(append(b, `,"target":`...), m.Target), '}')
	}
	b = appendTrue(b, `]`, len(w.Members) > 0)
	return append(appendTrue(b, `,"present":true`, w.Present), '}')
}

func appendString(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s) // invalid UTF-8 is replaced
	return b
}

func appendFilled(b []byte, name, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(append(b, name...), s)
}

func appendCount(b []byte, name string, n int) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, name...), int64(n), 10)
}

func appendTrue(b []byte, text string, yes bool) []byte {
	if yes {
		b = append(b, text...)
	}
	return b
}

// listed is what stands before the i-th element of a list.
func listed(i int, begin string) string {
	if i == 0 {
		return begin
	}
	return ","
}
