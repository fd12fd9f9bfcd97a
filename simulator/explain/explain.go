package explain

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// Explanation is one entry with its cause.
type Explanation struct {
	Entry *read.Entry
	Cause Cause
	Facts Facts
	// Why is the cause in the words of this entry.
	Why string
}

// Log explains every entry.
func Log(log *read.Log) []Explanation {
	out := make([]Explanation, len(log.Entries))
	for i := range log.Entries {
		out[i] = entry(&log.Entries[i])
	}
	return out
}

func entry(e *read.Entry) Explanation {
	x := Explanation{Entry: e, Facts: gather(e)}
	x.Cause, _ = Lookup(diagnose(&x.Facts))
	x.Why = x.said()
	return x
}

// said puts what this entry alone says into a sentence; "" if it says nothing more.
func (x *Explanation) said() string {
	f := &x.Facts
	var parts []string
	if code := f.Code; code != "" && x.Cause.Key == Unknown {
		parts = append(parts, fmt.Sprintf("the error code %s is unknown", code))
	} else if f.Skip != "" && x.Cause.Key == Unknown {
		parts = append(parts, fmt.Sprintf("the skip reason %s is unknown", f.Skip))
	}
	if r := f.Response; r != nil {
		parts = append(parts, r.said()...)
	}
	if f.Property != "" {
		parts = append(parts, "the attribute is "+f.Property)
	}
	parts = append(parts, f.Scoped.said(x.Cause.Key)...)
	if x.Cause.Key == Unknown && f.Text != "" && f.Response == nil {
		parts = append(parts, f.Text)
	}
	if r := f.Retries; r != nil {
		text := "not repeated yet"
		if r.Count > 0 {
			text = fmt.Sprintf("repeated %d×", r.Count)
		}
		if !r.Next.IsZero() {
			text += ", next try after " + r.Next.Format("2006-01-02 15:04") + " UTC"
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

func (r *Response) said() []string {
	var out []string
	if r.Status != 0 {
		out = append(out, fmt.Sprintf("HTTP %d", r.Status))
	}
	switch {
	case r.HTML:
		out = append(out, "the body is an HTML page, so a gateway or a framework responded and not the SCIM service")
	case r.Detail != "":
		text := fmt.Sprintf("%q", r.Detail)
		if r.ScimType != "" {
			text += " (" + r.ScimType + ")"
		}
		out = append(out, text)
	case r.ScimType != "":
		out = append(out, r.ScimType)
	case r.Body != "" && r.Body != "(empty)":
		out = append(out, fmt.Sprintf("%q", cut(r.Body, 120)))
	}
	return out
}

func cut(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n]) + "…"
}

// said lists what keeps the object out besides the cause, and the clauses. Where the object was
// written as it is in scope, none of it matters.
func (s *Scoped) said(cause string) []string {
	var out []string
	also := "also "
	switch {
	case cause == Disabled:
		also = ""
	case !slices.ContainsFunc(scopeCauses(), func(c Cause) bool { return c.Key == cause }):
		return nil
	}
	for _, c := range []struct {
		key, text string
		is        bool
	}{
		{Unassigned, "not assigned", s.Unassigned},
		{Inactive, "blocked or deleted", s.Inactive},
		{NoRole, "without entitlement", s.NoRole},
		{Filtered, "outside the scoping filter", s.Filtered},
	} {
		if c.is && c.key != cause {
			out = append(out, also+c.text)
		}
	}
	for _, clause := range s.Clauses {
		out = append(out, "fails "+clause)
	}
	return out
}

// Name is what people call the object.
func (x *Explanation) Name() string {
	i := &x.Entry.SourceIdentity
	for _, name := range []string{i.DisplayName, i.Details.Get("DisplayName"), i.Details.Get("UserPrincipalName"), x.Entry.TargetIdentity.DisplayName, i.ID} {
		if name != "" {
			return name
		}
	}
	return "(unnamed)"
}

// Account is the user name of the object, or its id; "" if the entry has neither.
func (x *Explanation) Account() string {
	i := &x.Entry.SourceIdentity
	for _, d := range i.Details {
		if strings.EqualFold(d.Key, "UserPrincipalName") {
			return d.Value
		}
	}
	if i.ID != x.Name() {
		return i.ID
	}
	return ""
}

// Kind is User or Group.
func (x *Explanation) Kind() string {
	if x.Facts.Group {
		return "Group"
	}
	return "User"
}

// Time is when it happened.
func (x *Explanation) Time() time.Time { return time.Time(x.Entry.ActivityDateTime) }

// Failed reports whether somebody has to act.
func (x *Explanation) Failed() bool {
	return x.Facts.Status == provlog.Failure || x.Cause.Key == Unknown || x.Cause.Key == Held
}

// Group is the entries of one cause.
type Group struct {
	Cause   Cause
	Entries []*Explanation
}

// ByCause groups explanations by cause: failures first, then the order of Causes.
func ByCause(list []Explanation) []Group {
	var out []Group
	for _, c := range Causes() {
		g := Group{Cause: c}
		for i := range list {
			if list[i].Cause.Key == c.Key {
				g.Entries = append(g.Entries, &list[i])
			}
		}
		if len(g.Entries) > 0 {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int { return a.rank() - b.rank() })
	return out
}

func (g *Group) rank() int {
	switch {
	case slices.ContainsFunc(g.Entries, (*Explanation).Failed):
		return 0
	case slices.ContainsFunc(doneCauses(), func(c Cause) bool { return c.Key == g.Cause.Key }):
		return 2
	}
	return 1
}
