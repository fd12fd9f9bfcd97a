package play

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// diary says at which instants of a run the source changes, and what: "Ada Byron is
// renamed; 2 groups change". It names only whom the log names, so that the shared form of
// a report knows whom to hide.
func diary(changes []directory.Change, entries []reports.Entry) []reports.Event {
	named := map[string][]reports.Entry{}
	for _, e := range entries {
		if e.SourceName != "" {
			named[e.SourceID] = append(named[e.SourceID], e)
		}
	}
	var events []reports.Event
	for len(changes) > 0 {
		n := slices.IndexFunc(changes, func(c directory.Change) bool { return c.At != changes[0].At })
		if n < 0 {
			n = len(changes)
		}
		at := engine.Start().Add(changes[0].At)
		events = append(events, reports.Event{At: at, Kind: reports.EventChange, Title: happenings(changes[:n], named, at)})
		changes = changes[n:]
	}
	return events
}

// happenings are the changes of one instant in a line: who does what, then how many groups.
func happenings(changes []directory.Change, named map[string][]reports.Entry, at time.Time) string {
	who, groups := map[string][]string{}, map[string]bool{}
	for _, c := range changes {
		switch c.Type {
		case "user":
			does := deed(&c.Resource, named[c.ID], at)
			who[does] = append(who[does], nameAt(named[c.ID], at))
		case "group":
			groups[c.ID] = true
		}
	}
	var parts []string
	for _, does := range slices.Sorted(maps.Keys(who)) {
		parts = append(parts, subject(who[does], does))
	}
	if n := len(groups); n == 1 {
		parts = append(parts, "1 group changes")
	} else if n > 1 {
		parts = append(parts, fmt.Sprintf("%d groups change", n))
	}
	if len(parts) == 0 || len(parts) > 3 {
		return console.Counted(len(changes), "change") + " in the source"
	}
	return strings.Join(parts, "; ")
}

// deed is what a line of the change stream does to a user.
func deed(r *directory.Resource, log []reports.Entry, at time.Time) string {
	has := func(property string) bool { _, ok := r.Properties[property]; return ok }
	switch {
	case r.Removed == "deleted":
		return "deleted for good"
	case r.Removed != "":
		return "deleted"
	case r.Properties["accountEnabled"] == false:
		return "blocked"
	case len(log) > 0 && !log[0].Time.Before(at) && has("userPrincipalName") && has("accountEnabled"):
		return "new"
	case has("displayName") || has("userPrincipalName"):
		return "renamed"
	}
	return "changed"
}

// nameAt is what the log called an object last before an instant, or else first after it.
func nameAt(log []reports.Entry, at time.Time) string {
	name := ""
	for _, e := range log {
		if name == "" || e.Time.Before(at) {
			name = e.SourceName
		}
	}
	return name
}

// subject names up to two people, or counts them: "Ada Byron is renamed".
func subject(names []string, does string) string {
	switch {
	case len(names) > 2 || slices.Contains(names, ""):
		if len(names) == 1 {
			return "1 user is " + does
		}
		return console.Counted(len(names), "user") + " are " + does
	case len(names) == 2:
		return names[0] + " and " + names[1] + " are " + does
	}
	return names[0] + " is " + does
}
