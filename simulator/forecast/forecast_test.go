package forecast_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// planSeeds is how many seeds are tried: 25, or SCIMDRILL_SEEDS.
func planSeeds(t *testing.T) uint64 {
	t.Helper()
	text := os.Getenv("SCIMDRILL_SEEDS")
	if text == "" {
		return 25
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		t.Fatalf("SCIMDRILL_SEEDS: %v", err)
	}
	return n
}

// TestPlanIsWhatHappensSeeds plans and runs cycle after cycle over tenants that change by
// chance and a target that was there before and refuses some writes; each run that nothing
// was refused in must do exactly what its plan said.
func TestPlanIsWhatHappensSeeds(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen plan.Counts
	t.Run("seed", func(t *testing.T) {
		for seed := range planSeeds(t) {
			t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
				t.Parallel()
				counts := planAndRun(t, seed)
				mu.Lock()
				defer mu.Unlock()
				sum(&seen, &counts)
			})
		}
	})
	if planSeeds(t) < 20 {
		return // too few for everything to have happened
	}
	for what, n := range map[string]int{
		"creates": seen.Created, "matches with updates": seen.MatchedUpdated, "updates": seen.Updated, "disables": seen.Disabled,
		"deletes": seen.Deleted, "held back": seen.HeldBack, "skips": seen.Skipped, "failures": seen.Failed, "managers": seen.ManagersSet,
		"members added": seen.MembersAdded, "members removed": seen.MembersRemoved, "unchanged": seen.Unchanged,
	} {
		if n == 0 {
			t.Errorf("no seed brought about any %s, so nothing was proven about them", what)
		}
	}
}

// planAndRun plans and runs five cycles and returns what the plans said.
func planAndRun(t *testing.T, seed uint64) plan.Counts {
	t.Helper()
	var all plan.Counts
	b := newBench(t, seed, []string{"customappsso", "goto"}[seed%2])
	b.populate()
	b.load()
	for cycle := range lastCycle + 1 {
		b.refuse = 0
		if cycle == 2 {
			b.refuse = 40 // what is refused cannot be predicted; the next cycle has escrows due
		}
		if cycle > 0 {
			b.change(cycle)
		}
		f, p := b.plan(nil)
		if cycle == 0 {
			b.load() // the plan has read the file
		}
		res := b.run()
		b.cfg.Tenant = nil
		differences, err := b.watch.Unplanned(res, p)
		if err != nil {
			t.Fatal(err)
		}
		if b.refuse > 0 {
			if failed := res.Cycles[0].Counts.Failed; failed > int64(f.Counts.Failed) && len(differences) == 0 {
				t.Errorf("cycle %d: %d entries failed and no difference was found", cycle+1, failed)
			}
			continue
		}
		for _, d := range differences {
			t.Errorf("cycle %d: %s", cycle+1, d)
		}
		sum(&all, &f.Counts)
	}
	return all
}

func sum(all, one *plan.Counts) {
	for _, n := range []struct{ to, from *int }{
		{&all.Created, &one.Created},
		{&all.MatchedUpdated, &one.MatchedUpdated},
		{&all.Updated, &one.Updated},
		{&all.Disabled, &one.Disabled},
		{&all.Deleted, &one.Deleted},
		{&all.HeldBack, &one.HeldBack},
		{&all.Skipped, &one.Skipped},
		{&all.Failed, &one.Failed},
		{&all.ManagersSet, &one.ManagersSet},
		{&all.MembersAdded, &one.MembersAdded},
		{&all.MembersRemoved, &one.MembersRemoved},
		{&all.Unchanged, &one.Unchanged},
	} {
		*n.to += *n.from
	}
}

// TestPlanOfInitialCycle looks at one plan in detail: who is created, matched, updated,
// skipped, with literals from the target and the tenant.
func TestPlanOfInitialCycle(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1, "goto")
	name := b.lines[0]["userPrincipalName"]
	b.post("Users", map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:User"}, "userName": name, "externalId": "old", "active": true})
	b.load()
	f, p := b.plan(nil)
	if f.Cycle.Number != 1 || f.Cycle.Kind != "initial" || f.Counts.MatchedUpdated != 1 || f.Counts.Created == 0 || f.Counts.Disabled+f.Counts.Deleted != 0 {
		t.Errorf("E-30: plan %+v %+v", f.Cycle, f.Counts)
	}
	var first *plan.Entry
	for i := range p.Entries {
		if p.Entries[i].Object.ID == b.users[0] {
			first = &p.Entries[i]
		}
		if plan.Planned(p.Entries[i].TargetID) || p.Entries[i].Reason == "" {
			t.Errorf("entry %+v", p.Entries[i])
		}
	}
	if first == nil || first.Action != plan.Update || !first.Matched || first.TargetID == "" {
		t.Fatalf("E-90: the user of the target is planned as %+v", first)
	}
	for _, a := range first.Attributes {
		if a.Name == "externalId" && (a.Old == nil || *a.Old != "old" || a.New == nil || *a.New != b.users[0]) {
			t.Errorf("externalId: %s", a)
		}
	}
	n := f.Duration.Users + f.Duration.Groups + f.Duration.Memberships
	if f.Duration.Counted != n || *f.Duration.MinimumMinutes != float64(n)/100 || *f.Duration.MaximumMinutes != float64(n*8)/100 || f.Duration.Groups != 4 {
		t.Errorf("E-301: %+v", f.Duration)
	}
	again, _ := os.ReadFile(filepath.Join(b.cfg.Out, forecast.File))
	b.load()
	b.plan(nil)
	if once, _ := os.ReadFile(filepath.Join(b.cfg.Out, forecast.File)); string(once) != string(again) {
		t.Error("two plans of the same are not equal byte for byte")
	}
}

// TestPlanOffline proves that no request is made, and that nothing is called created or
// updated that only the target can decide.
func TestPlanOffline(t *testing.T) {
	t.Parallel()
	b := newBench(t, 2, "goto")
	b.load()
	online := b.cfg.Endpoint
	b.cfg.Endpoint = scimclient.Config{}
	f, _ := b.plan(nil)
	if f.Counts.LookedUp == 0 || f.Counts.Created+f.Counts.Updated+f.Counts.MatchedUpdated != 0 || !f.Offline || f.Requests != 0 {
		t.Errorf("offline, a new job: %+v", f.Counts)
	}
	b.load()
	b.cfg.Endpoint = online
	b.run()
	b.cfg.Tenant = nil
	b.change(1)
	b.cfg.Endpoint = scimclient.Config{}
	f, p := b.plan(nil)
	if f.Counts.Compared == 0 || f.Counts.Created+f.Counts.Updated != 0 || f.Cycle.Kind != "incremental" {
		t.Errorf("E-40: offline, a job that ran: %+v %+v", f.Cycle, f.Counts)
	}
	if _, err := b.watch.Unplanned(&engine.Result{}, p); err == nil {
		t.Error("a run cannot be held against a plan without a target")
	}
}

// TestPlanAfterSchemaChange: any change makes the next cycle an initial one, and the plan says so.
func TestPlanAfterSchemaChange(t *testing.T) {
	t.Parallel()
	b := newBench(t, 4, "customappsso")
	b.load()
	b.run()
	b.cfg.Tenant = nil
	old := b.cfg.App.Schema
	if f, _ := b.plan(nil); !f.Counts.Quiet() || f.Cycle.Kind != "incremental" {
		t.Errorf("EN-3: nothing changed, and the plan is %+v %+v", f.Cycle, f.Counts)
	}
	p, err := fixtures.LoadProfile("goto")
	if err != nil {
		t.Fatal(err)
	}
	if b.cfg.App.Schema, err = p.ParseSchema(); err != nil {
		t.Fatal(err)
	}
	f, _ := b.plan(old)
	if f.Cycle.Kind != "initial" || !strings.Contains(f.Cycle.Why, "E-273") || f.Schema == nil || f.Schema.Same() || f.Counts.Updated == 0 {
		t.Errorf("E-51, E-273: %+v %+v", f.Cycle, f.Counts)
	}
}

// TestPlanOfBrokenTarget: what cannot be asked cannot be planned.
func TestPlanOfBrokenTarget(t *testing.T) {
	t.Parallel()
	b := newBench(t, 3, "goto")
	b.load()
	b.cfg.Endpoint.Authorization = "Bearer wrong"
	f, p := b.plan(nil)
	if !f.Failed || !strings.Contains(f.Quarantine, "InvalidCredentials") || len(p.Entries) != 0 {
		t.Errorf("E-250: %+v", f.Document)
	}
}

// TestPlanOfForeignHost: what simulate would leave alone, the plan leaves alone.
func TestPlanOfForeignHost(t *testing.T) {
	t.Parallel()
	b := newBench(t, 5, "customappsso")
	b.populate()
	b.load()
	b.cfg.External = true
	f, p := b.plan(nil)
	if f.Counts.MatchedUpdated != 0 || f.Counts.Skipped == 0 {
		t.Errorf("counts %+v", f.Counts)
	}
	b.load()
	res := b.run()
	differences, err := b.watch.Unplanned(res, p)
	if err != nil || len(differences) != 0 {
		t.Errorf("%v %v", differences, err)
	}
}

// TestPlanSparesTarget: the guard of a run holds for a plan too, and there is no half a plan.
func TestPlanSparesTarget(t *testing.T) {
	t.Parallel()
	b := newBench(t, 6, "goto")
	b.tenant.Users, b.lines = 150, nil
	b.generate()
	b.load()
	b.cfg.External, b.ill = true, true
	f, err := forecast.Run(t.Context(), b.cfg, engine.Deps{Now: time.Now}, nil)
	if f == nil || !errors.Is(err, scimclient.ErrHarm) {
		t.Errorf("got %v, want the end of the run after 100 answers", err)
	}
	if sent := b.counted(); sent["GET"] != 100 || len(sent) != 1 {
		t.Errorf("requests %v", sent)
	}
	if _, err := os.Stat(filepath.Join(b.cfg.Out, forecast.File)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("plan.json of a plan that broke off: %v", err)
	}
}

// TestPlanLeavesNoTrace: a state folder that is not there is not made.
func TestPlanLeavesNoTrace(t *testing.T) {
	t.Parallel()
	b := newBench(t, 7, "goto")
	b.load()
	b.cfg.State = filepath.Join(t.TempDir(), "not there")
	b.plan(nil)
	if _, err := os.Stat(b.cfg.State); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a plan made the state folder: %v", err)
	}
	b.cfg.Set = map[string]string{"nosuch": "1"}
	if f, err := forecast.Run(t.Context(), b.cfg, engine.Deps{Now: time.Now}, nil); f != nil || err == nil {
		t.Errorf("an unknown option: %v %v", f, err)
	}
}

// TestPlanReasons: each action says why, in words that an admin knows.
func TestPlanReasons(t *testing.T) {
	t.Parallel()
	b := newBench(t, 1, "goto")
	b.lines = b.lines[:0]
	for id, more := range map[string]string{"1-stays": "", "2-blocked": "", "3-unassigned": "", "4-never": "", "5-deleted": "", "6-moves": `,"department":"A"`} {
		b.line(`{"@odata.type":"#microsoft.graph.user","id":"` + id + `","userPrincipalName":"` + id + `@x.example","displayName":"` + id + `"` + more + `}`)
		if id != "4-never" {
			b.line(`{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"` + id + `","principalType":"User"}`)
		}
	}
	b.load()
	_, p := b.plan(nil)
	check := func(p *plan.Plan, want map[string]string) {
		t.Helper()
		got := map[string]string{}
		for _, e := range p.Entries {
			got[e.Object.ID] = string(e.Action) + ": " + e.Reason
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	made := "create: in scope, and no object in the target matches by userName"
	check(p, map[string]string{
		"1-stays": made, "2-blocked": made, "3-unassigned": made, "5-deleted": made, "6-moves": made,
		"4-never": "skip: not assigned to the application",
	})
	b.load()
	b.run()
	b.cfg.Tenant = nil
	var err error
	b.cfg.Changes, err = directory.ReadChanges(strings.NewReader(`{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"2-blocked","accountEnabled":false}
{"at":"PT10M","@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"3-unassigned","@removed":{"reason":"deleted"}}
{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"5-deleted","@removed":{"reason":"deleted"}}
{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"6-moves","department":"B"}
{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"1-stays","city":"not mapped"}`), "changes")
	if err != nil {
		t.Fatal(err)
	}
	_, p = b.plan(nil)
	check(p, map[string]string{
		"1-stays":      "unchanged: source and target agree",
		"2-blocked":    "disable: blocked or deleted in the source",
		"3-unassigned": "disable: not assigned to the application",
		"5-deleted":    "delete: permanently deleted in the source",
		"6-moves":      "update: linked, and mapped attributes differ",
	})
}

// TestPlanOfDisabledJob: after 28 days in quarantine no cycle runs, and the plan says so.
func TestPlanOfDisabledJob(t *testing.T) {
	t.Parallel()
	b := newBench(t, 8, "goto")
	b.load()
	good := b.cfg.Endpoint.Authorization
	b.cfg.Endpoint.Authorization, b.cfg.Cycles, b.cfg.For = "Bearer wrong", 0, 40*24*time.Hour
	b.run()
	b.cfg.Tenant, b.cfg.Endpoint.Authorization = nil, good
	f, p := b.plan(nil)
	if f.Cycle.Number != 0 || len(p.Entries) != 0 || f.Requests != 0 || !strings.Contains(strings.Join(f.Notes, " "), "E-259") {
		t.Errorf("E-259: %+v", f.Document)
	}
}
