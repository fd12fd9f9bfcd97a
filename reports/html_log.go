package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// logView is the provisioning log on the page: a line for each entry, with its steps as data.
// The script builds the elements when an entry is opened. Two thousand entries with all their
// steps as elements would make the page slow to open.
type logView struct {
	Rows                 []logRow
	Total                int
	Statuses             []statusCount
	Actions, ObjectTypes []string
	Data                 logData
}

type logRow struct {
	Number int
	Entry  Entry
	Note   string
}

type statusCount struct {
	Status string
	Count  int
}

// logData is the JSON in the page with the details of entries. It lists each kind of step once.
type logData struct {
	Kinds   []stepKind  `json:"kinds"`
	Entries []entryData `json:"entries"`
}

type stepKind struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Status string `json:"status"`
	Tone   string `json:"tone"`
	Symbol string `json:"symbol"`
}

type entryData struct {
	SourceID string      `json:"source,omitempty"`
	TargetID string      `json:"target,omitempty"`
	Error    *errorText  `json:"error,omitempty"`
	Steps    []stepData  `json:"steps,omitempty"`
	Modified [][3]string `json:"modified,omitempty"`
}

type stepData struct {
	Kind        int               `json:"kind"`
	Description string            `json:"text,omitempty"`
	Details     map[string]string `json:"details,omitempty"`
}

func newLogView(j *Job) *logView {
	v := &logView{Total: j.EntriesTotal}
	for i, e := range j.Entries {
		v.Rows = append(v.Rows, logRow{i + 1, e, note(e)})
		v.Data.add(e)
		v.Actions, v.ObjectTypes = append(v.Actions, e.Action), append(v.ObjectTypes, e.ObjectType)
		n := slices.IndexFunc(v.Statuses, func(c statusCount) bool { return c.Status == e.Status })
		if n < 0 {
			n = len(v.Statuses)
			v.Statuses = append(v.Statuses, statusCount{Status: e.Status})
		}
		v.Statuses[n].Count++
	}
	slices.SortFunc(v.Statuses, func(a, b statusCount) int {
		rank := func(c statusCount) int { return Outcome(tone(c.Status)).row().rank }
		return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a.Status, b.Status))
	})
	for _, list := range []*[]string{&v.Actions, &v.ObjectTypes} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return v
}

func (l *logData) add(e Entry) {
	d := entryData{SourceID: e.SourceID, TargetID: e.TargetID}
	if e.Error != "" {
		text := explain(e.Error, e.Failure)
		d.Error = &text
	}
	for _, s := range e.Steps {
		d.Steps = append(d.Steps, stepData{l.kind(s), s.Description, s.Details})
	}
	for _, m := range e.Modified {
		d.Modified = append(d.Modified, [3]string{m.Name, m.Old, m.New})
	}
	l.Entries = append(l.Entries, d)
}

// kind returns the index of the kind of a step.
func (l *logData) kind(s Step) int {
	kind := stepKind{s.Name, s.Type, s.Status, tone(s.Status), symbol(s.Status)}
	i := slices.Index(l.Kinds, kind)
	if i < 0 {
		i = len(l.Kinds)
		l.Kinds = append(l.Kinds, kind)
	}
	return i
}

// note returns the reason for the result, or the written properties, in one line.
func note(e Entry) string {
	switch {
	case e.Error != "":
		text := explain(e.Error, e.Failure)
		return layout.Shorten(cmp.Or(text.Detail, text.Text, text.Code), 140)
	case e.Status == StatusSkipped || e.Status == StatusWarning || len(e.Modified) == 0:
		if n := len(e.Steps); n > 0 {
			return layout.Shorten(strings.ReplaceAll(e.Steps[n-1].Description, "'"+e.SourceID+"' ", ""), 140)
		}
		return ""
	}
	var names []string
	for _, m := range e.Modified {
		names = append(names, m.Name[strings.LastIndex(m.Name, ":")+1:])
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("%d more", len(e.Modified)-3))
	}
	return layout.Shorten(strings.Join(names, ", "), 140)
}
