package worlds_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// world is a tenant, a target and all that happens to both, drawn from one seed. It is
// data only, so that a part of it can be left out and the rest lived through again.
type world struct {
	Seed     uint64
	Profile  string
	Dialect  string
	Parallel int
	Set      map[string]string
	ScopeAll bool
	Schema   *worldSchema `json:",omitempty"` // nil is the profile as it comes
	Interval int          // minutes from cycle to cycle while it is busy; 0 is 40
	Cycles   int          // busy ones
	Later    bool         // a month passes before the end, so that the recycle bin is emptied
	Rates    map[fault.Kind]float64
	Faults   []string `json:",omitempty"` // mishaps that need more than a rate, as fault.Parse reads them
	// Preflight is how often the preflight of a cycle is refused with 500.
	Preflight float64
	Tenant    []line
	There     []line // users of the target before the job
	Events    []event
}

// line is a Graph resource, or the body of a SCIM request.
type line map[string]any

// event is one thing that happens, at a minute after the start of the first cycle.
type event struct {
	Minute int
	What   string
	Lines  []line       `json:",omitempty"` // source: of the change stream
	Until  int          `json:",omitempty"` // outage, bad token: the minute at which it is over
	Scope  string       `json:",omitempty"` // restart
	All    bool         `json:",omitempty"` // scope: sync all
	Schema *worldSchema `json:",omitempty"` // schema
	Writes int          `json:",omitempty"` // stop: the run ends when the target has seen so many writes
}

// What an event can be.
const (
	sourceEvent  = "source"
	outageEvent  = "outage"
	tokenEvent   = "bad token"
	restartEvent = "restart"
	pauseEvent   = "pause"
	startEvent   = "start"
	stopEvent    = "stop"
	schemaEvent  = "schema"
	scopeEvent   = "scope"
)

// interval is the time from cycle to cycle, in minutes.
const interval = 40

// every is the interval of the busy cycles.
func (w *world) every() int {
	if w.Interval > 0 {
		return w.Interval
	}
	return interval
}

// end is the minute at which the busy cycles are over.
func (w *world) end() int { return w.Cycles * w.every() }

// gate reports that accidental deletions are prevented (E-225).
func (w *world) gate() bool { return w.Set["preventAccidentalDeletion"] == "true" }

// has reports whether something of a kind happens.
func (w *world) has(what string) bool {
	return slices.ContainsFunc(w.Events, func(e event) bool { return e.What == what })
}

// restarts reports whether a restart clears one part of the state without another one.
func (w *world) restarts(part, without string) bool {
	return slices.ContainsFunc(w.Events, func(e event) bool {
		return e.What == restartEvent && clears(e.Scope, part) && (without == "" || !clears(e.Scope, without))
	})
}

// meets reports that a mishap of a kind happens at some time.
func (w *world) meets(kinds ...fault.Kind) bool {
	return slices.ContainsFunc(kinds, func(kind fault.Kind) bool {
		return w.Rates[kind] > 0 || slices.ContainsFunc(w.Faults, func(text string) bool { return strings.HasPrefix(text, string(kind)+"=") })
	})
}

// hides reports that the target may do what it is not known to have done.
func (w *world) hides() bool {
	return w.meets(fault.Lost, fault.ResetAfter, fault.Truncated, fault.Corrupted)
}

// forgets reports that escrows are cleared at some time: by a restart, or by another schema.
func (w *world) forgets() bool {
	return w.restarts("Escrows", "") || w.has(schemaEvent) || w.Set["initialPruning"] == "true"
}

// clears reads a reset scope as Graph's page has it: Full is everything but ForceDeletes.
func clears(scope, part string) bool {
	return slices.Contains(strings.Split(scope, ","), part) || scope == "Full" && part != "ForceDeletes"
}

// String lists a world as a person reads it who has to find out what went wrong.
func (w *world) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "seed %d: %s, %s, %d in flight, all in scope %v, options %v, %d cycles of %d minutes, a month later %v, faults %v %v, preflight %v\n",
		w.Seed, w.Profile, w.Dialect, w.Parallel, w.ScopeAll, w.Set, w.Cycles, w.every(), w.Later, w.Rates, w.Faults, w.Preflight)
	if w.Schema != nil {
		text, _ := json.Marshal(w.Schema) //nolint:errchkjson // it was made of JSON
		fmt.Fprintf(&b, "  schema %s\n", text)
	}
	for what, list := range map[string][]line{"tenant": w.Tenant, "target": w.There} {
		for _, l := range list {
			fmt.Fprintf(&b, "  %s %s\n", what, l)
		}
	}
	for _, e := range w.Events {
		text, _ := json.Marshal(e) //nolint:errchkjson // it was made of JSON
		fmt.Fprintf(&b, "  %s\n", text)
	}
	return b.String()
}

// String is the line as JSON.
func (l line) String() string {
	text, _ := json.Marshal(l) //nolint:errchkjson // it was made of JSON
	return string(text)
}

// worldApp is what the pages of a profile say that flows, written down once more.
type worldApp struct {
	name    string
	user    map[string]string // target attribute by property of the source
	groups  bool
	active  bool // IsSoftDeleted is mapped
	manager bool
	// byID says that objects are found again by the id of the source and not by a name.
	byID bool
	// byMail says that users are found by their mail, and groupIDs that groups have an externalId.
	byMail, groupIDs bool
}

// attributes are the target attributes of users.
func (a worldApp) attributes() map[string]bool {
	out := map[string]bool{"active": a.active}
	for _, name := range a.user {
		out[name] = true
	}
	return out
}

func applications() []worldApp {
	const given, family = "name.givenName", "name.familyName"
	return []worldApp{
		{name: "goto", groups: true, groupIDs: true, active: true, user: map[string]string{
			"userPrincipalName": "userName", "id": "externalId", "givenName": given, "surname": family,
		}},
		{name: "customappsso", groups: true, groupIDs: true, active: true, manager: true, user: map[string]string{
			"userPrincipalName": "userName", "displayName": "displayName", "jobTitle": "title", "givenName": given, "surname": family, "mailNickname": "externalId",
		}},
		{name: "github-enterprise-managed-user", groups: true, groupIDs: true, active: true, byID: true, user: map[string]string{
			"userPrincipalName": "userName", "id": "externalId", "displayName": "displayName", "givenName": given, "surname": family,
		}},
		{name: "atlassian-cloud", groups: true, groupIDs: true, byMail: true, active: true, user: map[string]string{
			"userPrincipalName": "userName", "givenName": given, "surname": family,
		}},
		{name: "zscaler", groups: true, groupIDs: true, active: true, user: map[string]string{
			"userPrincipalName": "userName", "id": "externalId", "displayName": "displayName", "givenName": given, "surname": family,
		}},
		{name: "segment", groups: true, user: map[string]string{"userPrincipalName": "userName", "displayName": "displayName"}},
		{name: "datadog", active: true, user: map[string]string{"userPrincipalName": "userName", "jobTitle": "title"}},
		{name: "zoom", active: true, user: map[string]string{"userPrincipalName": "userName", "givenName": given, "surname": family}},
	}
}

func applicationOf(name string) worldApp {
	for _, a := range applications() {
		if a.name == name {
			return a
		}
	}
	panic("no worldApp " + name)
}
