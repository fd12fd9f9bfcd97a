package reports

import (
	"slices"
	"strings"
)

// EndState compares what the target holds at the end of a simulation with the source directory.
type EndState struct {
	// Compared says what was compared: "all", "a sample of 200" or "what the run wrote".
	Compared string `json:"compared"`
	Users    int    `json:"users"`
	Groups   int    `json:"groups"`
	// Requests is the number of requests of the comparison. They are not among those of the jobs.
	Requests int `json:"requests"`
	// Unverified is the number of objects that could not be compared, with the reasons.
	Unverified int      `json:"unverified"`
	Reasons    []string `json:"reasons,omitempty"`
	// Impossible is the reason why nothing could be compared, or empty.
	Impossible string `json:"impossible,omitempty"`
	// Waiting and Pending are the numbers of objects that were not compared, because they wait
	// for a retry, or because the job has not processed their last change.
	Waiting int `json:"waiting"`
	Pending int `json:"pending"`
	// Directory is the number of users of the directory, Provisioned of those with an active account,
	// and LeftOut says why the others have none.
	Directory   int       `json:"directory"`
	Provisioned int       `json:"provisioned"`
	LeftOut     []LeftOut `json:"leftOut,omitempty"`
	// Planned reports that the scenario expects the differences.
	Planned bool `json:"planned,omitempty"`
	// Notes are remarks on the target.
	Notes    []string          `json:"notes,omitempty"`
	Findings []EndStateFinding `json:"findings,omitempty"`
	// Differences are the differences, capped. DifferencesTotal counts all of them.
	Differences      []EndStateDifference `json:"differences,omitempty"`
	DifferencesTotal int                  `json:"differencesTotal"`
}

// LeftOut is a reason why users of the directory have no active account.
type LeftOut struct {
	Reason string `json:"reason"`
	Users  int    `json:"users"`
}

// EndStateFinding groups the differences of one kind.
type EndStateFinding struct {
	Kind    string  `json:"kind"`
	Outcome Outcome `json:"outcome"`
	// Title is the finding without names; Names are the first names, and Count counts all.
	Title string   `json:"title"`
	Names []string `json:"names,omitempty"`
	Count int      `json:"count"`
	// Checks and Defects are the ids of what may explain the finding.
	Checks  []string `json:"checks,omitempty"`
	Defects []string `json:"defects,omitempty"`
}

// EndStateDifference is one difference.
type EndStateDifference struct {
	Kind       string `json:"kind"`
	ObjectType string `json:"objectType"`
	SourceID   string `json:"sourceId,omitempty"`
	SourceName string `json:"sourceName,omitempty"`
	TargetID   string `json:"targetId,omitempty"`
	Path       string `json:"path,omitempty"`
	Expected   string `json:"expected,omitempty"`
	Actual     string `json:"actual,omitempty"`
	// Other is the member or the manager.
	Other string `json:"other,omitempty"`
	Why   string `json:"why,omitempty"`
}

// Sentence is the finding with its first names: "2 people are missing in the target: Ada, Bob".
func (f EndStateFinding) Sentence() string {
	text := f.Title
	if len(f.Names) == 0 {
		return text
	}
	text += ": " + strings.Join(f.Names, ", ")
	if left := f.Count - len(f.Names); left > 0 {
		text += ", and " + thousands(left) + " more"
	}
	return text
}

// Explained is the sentence with the checks and defects that may explain the finding.
func (f EndStateFinding) Explained() string {
	text := f.Sentence()
	if len(f.Checks) > 0 {
		text += "; see " + strings.Join(f.Checks, ", ")
	}
	if len(f.Defects) > 0 {
		text += "; known as " + strings.Join(f.Defects, ", ")
	}
	return text
}

// endStateTitle is the title of the expectation about the end state.
const endStateTitle = "The target holds what the directory says"

// judged returns the expectations about the end state: one for each finding, or one that is met.
func (e *EndState) judged() []Expectation {
	if e == nil {
		return nil
	}
	if e.Impossible != "" {
		return []Expectation{{Title: endStateTitle, Expected: "no difference", Actual: "could not be compared: " + e.Impossible, Outcome: Errored}}
	}
	var list []Expectation
	for _, f := range e.Findings {
		if f.Outcome != Failed {
			continue
		}
		x := Expectation{Title: endStateTitle, Expected: "no difference", Actual: f.Explained(), Outcome: Failed}
		if e.Planned {
			x.Actual, x.Outcome = f.Sentence()+", as planned", Passed
		}
		list = append(list, x)
	}
	if len(list) == 0 {
		list = append(list, Expectation{Title: endStateTitle, Expected: "no difference", Actual: "no difference: " + e.Figures(), Outcome: Passed})
	}
	return list
}

// ExitCode returns the exit code of a command that compares nothing but the end state.
func (e *EndState) ExitCode() int {
	return ExitCode(&Report{Simulation: &Simulation{EndState: e}})
}

// Lines are the verdict and the remarks, a line each.
func (e *EndState) Lines() []string {
	var list []string
	for _, j := range e.judged() {
		list = append(list, "end state: "+j.Actual)
	}
	for _, remark := range e.Remarks() {
		list = append(list, "end state: "+remark)
	}
	return list
}

// Figures says how much was compared: "1,000 users and 50 groups compared with 12 requests".
func (e *EndState) Figures() string {
	text := count(e.Users, "user") + " and " + count(e.Groups, "group") + " compared"
	if e.Compared != "all" && e.Compared != "" {
		text += " (" + e.Compared + ")"
	}
	if e.Requests > 0 {
		text += " with " + count(e.Requests, "request")
	}
	return text
}

// Census says how many users of the directory have an account, and why others have none. It is
// empty where there is nothing to explain.
func (e *EndState) Census() string {
	if len(e.LeftOut) == 0 {
		return ""
	}
	var parts []string
	for _, l := range e.LeftOut {
		parts = append(parts, thousands(l.Users)+" "+l.Reason)
	}
	return count(e.Directory, "user") + " in the directory, " + thousands(e.Provisioned) + " with an active account; not provisioned: " + strings.Join(parts, ", ")
}

// Remarks are what else there is to say: what was not compared, and notes.
func (e *EndState) Remarks() []string {
	var list []string
	if census := e.Census(); census != "" {
		list = append(list, census)
	}
	for _, f := range e.Findings {
		if f.Outcome != Failed {
			list = append(list, f.Explained())
		}
	}
	if e.Unverified > 0 && e.Impossible == "" {
		list = append(list, count(e.Unverified, "object")+" could not be compared: "+strings.Join(e.Reasons, "; "))
	}
	if e.Waiting > 0 {
		list = append(list, count(e.Waiting, "object")+" not compared: waiting for a retry")
	}
	if e.Pending > 0 {
		list = append(list, count(e.Pending, "object")+" not compared: the job has still to process the last change")
	}
	return append(list, e.Notes...)
}

// Kinds lists the kinds of the differences that are listed, in their order.
func (e *EndState) Kinds() []string {
	var list []string
	for _, d := range e.Differences {
		if !slices.Contains(list, d.Kind) {
			list = append(list, d.Kind)
		}
	}
	return list
}

// clone copies all that Share writes to.
func (e *EndState) clone() *EndState {
	if e == nil {
		return nil
	}
	c := *e
	c.Reasons, c.Notes = append([]string(nil), e.Reasons...), append([]string(nil), e.Notes...)
	c.Findings, c.Differences = append([]EndStateFinding(nil), e.Findings...), append([]EndStateDifference(nil), e.Differences...)
	return &c
}

// endState leaves the names in sentences out, because they may come with values.
func (p *pseudonyms) endState(e *EndState) {
	if e == nil {
		return
	}
	e.Impossible = p.text(e.Impossible)
	for _, list := range [][]string{e.Reasons, e.Notes} {
		for i := range list {
			list[i] = p.text(list[i])
		}
	}
	for i := range e.Findings {
		e.Findings[i].Names = nil
	}
	for i := range e.Differences {
		d := &e.Differences[i]
		d.SourceID, d.TargetID, d.SourceName = p.id(d.SourceID), p.id(d.TargetID), p.names.Replace(d.SourceName)
		d.Expected, d.Actual, d.Other, d.Why = p.value(d.Expected), p.value(d.Actual), p.names.Replace(d.Other), p.text(d.Why)
	}
}
