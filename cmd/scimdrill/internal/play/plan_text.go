package play

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
)

const planDifferences = "plan-differences.json"

// ShowPlan prints a plan for a terminal of 80 columns: totals, then each action with its
// reasons, then what no plan can know.
func ShowPlan(con *console.Console, f *forecast.Result, out string) error {
	t := &planText{}
	t.head(f)
	t.totals(f)
	for _, action := range plan.Actions() {
		for _, kind := range []string{"User", "Group"} {
			t.group(f.Groups[forecast.Group{Action: action, Type: kind}], action, strings.ToLower(kind))
		}
	}
	if f.Schema != nil {
		t.Heading("What changed in the schema")
		for _, line := range apps.SchemaDifference(f.Schema) {
			t.Wrapped(line)
		}
	}
	if f.Cycle.Number > 0 && !f.Failed {
		t.Heading("Estimated duration with the real service (" + f.Duration.Rule + ")")
		t.Item("  ", console.Capital(f.Duration.Text)+". Source: "+f.Duration.Source+".")
		if f.Duration.MinimumMinutes != nil {
			t.Item("  ", fmt.Sprintf("N = %d users + %d groups + %d group members in scope = %d.",
				f.Duration.Users, f.Duration.Groups, f.Duration.Memberships, f.Duration.Counted))
		}
		t.Heading("What this plan does not know")
		for _, u := range f.Unknown {
			t.Item("  - ", u+".")
		}
	}
	if err := con.PrintPage(&t.Page); err != nil {
		return err
	}
	for _, name := range []string{forecast.File, forecast.LogFile} {
		con.Say("%s", filepath.Join(out, name))
	}
	if !f.Offline && f.Cycle.Number > 0 && !f.Failed {
		con.Say("to apply it, run the same command without --plan and with --expect-plan %s", layout.Quote(filepath.Join(out, forecast.File)))
	}
	return nil
}

type planText struct {
	console.Page

	with string // the attributes that were named last; most objects have the same
}

func (t *planText) head(f *forecast.Result) {
	if f.Cycle.Number == 0 {
		t.Line("Plan: no cycle would run")
	} else {
		t.Line(fmt.Sprintf("Plan of cycle %d (%s), %s", f.Cycle.Number, f.Cycle.Kind, f.Cycle.At.UTC().Format("Mon 2006-01-02 15:04 UTC")))
		t.Item("  ", f.Cycle.Why)
	}
	if f.Offline {
		t.Item("  ", "no target given; no request was sent")
	} else {
		t.Item("  ", fmt.Sprintf("target %s, read with %d GET requests and no writes", f.Target, f.Requests))
	}
	for _, n := range f.Notes {
		t.Item("  note: ", n)
	}
	if f.Quarantine != "" {
		t.Item("  quarantine: ", "the job would enter quarantine: "+f.Quarantine)
	}
}

func (t *planText) totals(f *forecast.Result) {
	if f.Failed || f.Cycle.Number == 0 {
		return
	}
	t.Line("")
	c := &f.Counts
	if c.Quiet() {
		t.Line("Nothing would change.")
	}
	for _, n := range []struct {
		count int
		what  string
	}{
		{c.Created, "would be created"},
		{c.LookedUp, "would be looked up; created if not found"},
		{c.MatchedUpdated, "matched in the target; would be updated"},
		{c.MatchedAsIs, "matched in the target; nothing to update"},
		{c.Updated, "linked; would be updated"},
		{c.Compared, "linked; would be read and compared"},
		{c.Disabled, "would be disabled"},
		{c.Deleted, "would be deleted"},
		{c.HeldBack, "would be held back by accidental deletion prevention"},
		{c.ManagersSet, "would get a manager" + offlineManagers(f.Offline)},
		{c.MembersAdded, "would be added to groups"},
		{c.MembersRemoved, "would be removed from groups"},
		{c.Failed, "would fail before any write"},
		{c.Skipped, "would be skipped"},
		{c.Unchanged, "linked; unchanged"},
		{c.Unresolved, "references to objects missing from the target"},
	} {
		if n.count > 0 {
			t.Line(fmt.Sprintf("  %9s  %s", console.Grouped(int64(n.count)), n.what))
		}
	}
}

func offlineManagers(offline bool) string {
	if offline {
		return ", unless already set"
	}
	return ""
}

// planHeading is the title of a group.
func planHeading(a plan.Action, objects string) string {
	switch a {
	case plan.Create:
		return "Create " + objects
	case plan.LookUp:
		return "Look up " + objects + "; create if not found"
	case plan.Update:
		return "Update " + objects
	case plan.Compare:
		return "Read and compare " + objects
	case plan.Disable:
		return "Disable " + objects
	case plan.Delete:
		return "Delete " + objects
	case plan.Hold:
		return "Hold back " + objects
	case plan.Manager:
		return "Set the manager of " + objects
	case plan.Members:
		return "Change the memberships of " + objects
	case plan.Fail:
		return "Fail on " + objects
	case plan.Skip:
		return "Skip " + objects
	case plan.Unchanged:
		return "Leave " + objects + " as they are"
	}
	return string(a) + " " + objects
}

func (t *planText) group(g *forecast.Sample, action plan.Action, noun string) {
	if g == nil {
		return
	}
	t.Heading(planHeading(action, console.Counted(g.Total, noun)))
	reason := ""
	t.with = ""
	for _, e := range g.Entries {
		if text := planReason(&e); text != reason {
			t.Item("  ", text+":")
			reason = text
		}
		t.Line("    " + layout.Cut(e.Object.Name, layout.Columns-4))
		t.details(&e)
	}
	if more := g.Total - len(g.Entries); more > 0 {
		t.Line(fmt.Sprintf("    … and %s more; %s lists all", console.Grouped(int64(more)), forecast.File))
	}
}

func planReason(e *plan.Entry) string {
	if e.Code != "" {
		return e.Code + ": " + e.Reason
	}
	return e.Reason
}

// details are the values of an entry; those of a create are only counted.
func (t *planText) details(e *plan.Entry) {
	switch e.Action {
	case plan.Create, plan.LookUp, plan.Compare:
		names := make([]string, len(e.Attributes))
		for i, attribute := range e.Attributes {
			names[i] = leaf(attribute.Name)
		}
		if with := strings.Join(names, ", "); with != t.with {
			t.with = with
			t.Line("      " + layout.Cut("with "+with, layout.Columns-6))
		}
	case plan.Fail:
	default:
		for _, attribute := range e.Attributes {
			attribute.Name = leaf(attribute.Name)
			t.Item("      ", attribute.String())
		}
	}
	if e.Manager != nil {
		t.Line("      " + layout.Cut("manager "+e.Manager.Name+e.Manager.TargetID, layout.Columns-6))
	}
	for _, list := range []struct {
		sign    string
		objects []plan.Object
	}{{"+ ", e.Added}, {"- ", e.Removed}} {
		const most = 3
		for _, o := range list.objects[:min(len(list.objects), most)] {
			t.Line("      " + layout.Cut(list.sign+o.Name+o.TargetID, layout.Columns-6))
		}
		if len(list.objects) > most {
			t.Line(fmt.Sprintf("      %s… and %d more", list.sign, len(list.objects)-most))
		}
	}
	if n := len(e.Unresolved); n > 0 && e.Part == cycle.PartMembers {
		t.Line(fmt.Sprintf("      %s missing from the target", console.Counted(n, "member")))
	}
}

// leaf leaves the URN of an attribute away.
func leaf(name string) string {
	if strings.HasPrefix(strings.ToLower(name), "urn:") {
		if i := strings.LastIndexByte(strings.SplitN(name, "[", 2)[0], ':'); i >= 0 {
			return name[i+1:]
		}
	}
	return name
}
