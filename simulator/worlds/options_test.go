package worlds_test

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// drawnOption is an option that a world may have, once in n worlds, with one of its values.
type drawnOption struct {
	name   string
	values string // between blanks
	n      int
}

// drawnOptions are the options whose effect the plain model can account for; docs/why/campaigns.md
// names the others.
func drawnOptions() []drawnOption {
	return []drawnOption{
		// cycles, quarantine, retries
		{"cycleOrder", "groupsFirst", 8},
		{"escrowEnd", "disable", 8},
		{"initialPruning", "true", 8},
		{"intervalFrom", "end", 8},
		{"quarantineAttempts", "1h,2h", 8},
		{"quarantineBase", "4", 8},
		{"quarantineEvaluate", "3", 8},
		{"quarantineProportion", "0.1", 8},
		{"quarantineTotal", "5", 8},
		{"restartDropsLinks", "true", 12},
		{"restartMembers", "true", 8},
		{"retrySchedule", "page 2022", 5},
		{"retryUnresolved", "true", 8},
		{"timeScale", "8", 6},
		{"watermarkOnErrors", "stay", 8},
		// deletions
		{"deleteGroups", "false", 8},
		{"deleteThresholdMet", "true", 8},
		{"preventAccidentalDeletion", "true", 5},
		{"skipOutOfScopeAll", "true", 8},
		{"skipOutOfScopeDeletions", "true", 8},
		{"softDeleteUnassigns", "true", 8},
		{"supportsSoftDelete", "false", 7},
		// scope and filters
		{"ampersand", "entry", 8},
		{"assignmentDelay", "3m 50m", 8},
		{"endsWith", "ignoreCase", 8},
		{"filteredGroups", "none", 8},
		{"filterNumbers", "ignore", 8},
		{"notEqualsNull", "true", 8},
		{"regexMatch", "full", 8},
		{"severalValues", "any", 8},
		{"skipDefaultAccess", "true", 8},
		{"unsecuredGroups", "scope", 8},
		// matching
		{"duplicateSources", "link", 8},
		{"groupMatch", "displayName externalId", 8},
		{"matchBeforeScope", "true", 8},
		{"rematchOn404", "true", 5},
		{"rematchOn409", "true", 8},
		{"rematchOnRename", "true", 8},
		{"rematchOnReturn", "true", 8},
		{"specialCharacters", "+", 12},
		// log
		{"conflictCode", "entryConflict", 8},
		{"outOfScopeEntry", "other", 8},
		{"reportableIdentifier", "objectId", 8},
		{"requiredMissing", "fail", 8},
		{"retryFrom", "lastAttempt", 8},
		{"retrySteps", "stages", 8},
		{"stepDetails", "none", 8},
		// requests
		{"adscimGroup", "true", 5},
		{"badCreateCode", "badRequest short", 8},
		{"badPatchCode", "incompatible short", 8},
		{"checkReferences", "true", 8},
		{"clearedManager", "keep filterURN empty object remove", 5},
		{"clearedValue", "empty null remove", 5},
		{"flagInURL", "false", 4},
		{"honorRetryAfter", "true", 10},
		{"managerValue", "list object", 6},
		{"memberAdd", "replace", 10},
		{"memberOrder", "removalsFirst", 8},
		{"memberRef", "null", 8},
		{"membersPerPatch", "20", 3},
		{"optscimAdd", "replace", 5},
		{"patchBooleans", "boolean", 6},
		{"patchType", "json", 8},
		{"postBooleans", "string", 8},
		{"postNulls", "true", 8},
		{"preflightGroups", "true", 5},
		{"readBeforeUpdate", "false", 8},
		{"switchedOffAction", "name", 8},
		{"unflaggedAdd", "replace", 6},
		{"userAgent", "scimdrill-world", 8},
	}
}

// options draws options, and what has to be set with some of them.
func (d *drawing) options() {
	w := d.w
	for _, o := range drawnOptions() {
		if values := strings.Fields(o.values); d.one(o.n) {
			w.Set[o.name] = pick(d, values)
		}
	}
	if w.gate() {
		w.Set["deleteThreshold"], w.Set["notificationEmail"] = strconv.Itoa(d.IntN(5)), "it@scimdrill.test"
	}
	w.possible()
}

// filtersOtherwise reports that an option says how filters are read; such a world has some.
func (w *world) filtersOtherwise() bool {
	return slices.ContainsFunc([]string{
		"ampersand", "endsWith", "filteredGroups", "filterNumbers", "notEqualsNull", "regexMatch", "severalValues",
	}, func(name string) bool {
		return w.Set[name] != ""
	})
}

// possible takes out what a profile or another draw does not allow.
func (w *world) possible() {
	app := applicationOf(w.Profile)
	if !app.groups || !app.groupIDs && w.Set["groupMatch"] == "externalId" {
		delete(w.Set, "groupMatch")
	}
	if w.Interval > 0 && w.Set["retrySchedule"] == "2022" { // E-238: what failed for a week is never tried again
		delete(w.Set, "retrySchedule")
	}
	if w.Set["retryUnresolved"] != "" { // references out of scope alone would prune every initial cycle
		delete(w.Set, "initialPruning")
	}
	if w.Set["filteredGroups"] != "" { // both ask each group whether it gives scope, but not in one question
		delete(w.Set, "skipDefaultAccess")
	}
}

// portalScope is what the portal's restart clears.
const portalScope = "Watermark,Escrows,QuarantineState"

// defaultAccess is the role of an application that has none (E-66).
const defaultAccess = "00000000-0000-0000-0000-000000000000"

// delay is how long assignments take to reach the service, in minutes (E-48).
func (w *world) delay() int {
	d, err := duration.Parse(cmp.Or(w.Set["assignmentDelay"], "0s"))
	if err != nil {
		panic(err)
	}
	return int(d / time.Minute)
}

// arriving are the events as they reach the service.
func (w *world) arriving() []event {
	delay := w.delay()
	if delay == 0 {
		return w.Events
	}
	var out []event
	for _, e := range w.Events {
		late := event{Minute: e.Minute + delay, What: sourceEvent}
		lines := e.Lines
		e.Lines = nil
		for _, l := range lines {
			if strings.HasSuffix(text(l["@odata.type"]), "appRoleAssignment") {
				late.Lines = append(late.Lines, l)
			} else {
				e.Lines = append(e.Lines, l)
			}
		}
		if out = append(out, e); len(late.Lines) > 0 {
			out = append(out, late)
		}
	}
	slices.SortStableFunc(out, func(a, b event) int { return cmp.Compare(a.Minute, b.Minute) })
	return out
}

// dropsLinks reports that a restart clears the connector data store, by itself or as the
// portal's.
func (w *world) dropsLinks(scope string) bool {
	return clears(scope, "ConnectorDataStore") || scope == portalScope && w.Set["restartDropsLinks"] == "true"
}

// everDropsLinks reports that the links are cleared at some time.
func (w *world) everDropsLinks() bool {
	return slices.ContainsFunc(w.Events, func(e event) bool { return e.What == restartEvent && w.dropsLinks(e.Scope) })
}

// refused reports that a user had a matching value at some time that cannot be looked for
// (E-98, A-19); always says that it never had another one.
func (m *model) refused(t *thing) (ever, always bool) {
	characters := m.w.Set["specialCharacters"]
	if characters == "" || t.group || m.app.byID || m.app.byMail {
		return false, false
	}
	names := slices.Collect(maps.Keys(t.names))
	bad := func(name string) bool { return strings.ContainsAny(name, characters) }
	return slices.ContainsFunc(names, bad), !slices.ContainsFunc(names, func(name string) bool { return !bad(name) })
}

// renamedAway reports that a name in the target is one that somebody had who was out of scope
// at some time, and who has another one now: matched afresh, the old account is found by
// nobody.
func (m *model) renamedAway(name string) bool {
	name = strings.ToLower(name)
	for id := range m.names[name] {
		if t := m.things[id]; t != nil && t.past.unwanted && strings.ToLower(m.key(t)) != name {
			return m.w.Set["rematchOnReturn"] == "true"
		}
	}
	return false
}
