package play

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// DemandText shows every step in 80 columns.
func DemandText(d *cycle.Demanded) *console.Page {
	t := &console.Page{}
	result, code, reason := job.Verdict(d)
	if len(d.Entries) > 0 {
		e := d.Entries[0]
		t.Item("", fmt.Sprintf("%s %s (%s)", e.SourceIdentity.IdentityType, e.SourceIdentity.DisplayName, e.SourceIdentity.ID))
	}
	if d.Cause != nil && len(d.Entries) == 0 {
		t.Item("  1. ", "Test connection: failure. "+reason)
	}
	n := 0
	for _, e := range d.Entries {
		for _, s := range e.ProvisioningSteps {
			n++
			t.Item(fmt.Sprintf("  %d. ", n), fmt.Sprintf("%s: %s. %s", stepTitle(s.Type), s.Status, s.Description))
			for _, d := range s.Details {
				if d.Value != "" && d.Value != "{}" {
					t.Item("       ", d.Key+": "+d.Value)
				}
			}
		}
		for _, m := range e.ModifiedProperties {
			old := ""
			if m.OldValue != nil {
				old = *m.OldValue + " -> "
			}
			t.Item("       ", m.DisplayName+": "+old+deref(m.NewValue))
		}
	}
	t.Line("")
	text := result
	if code != "" {
		text += " " + code
	}
	if result != "Success" && reason != "" {
		text += ": " + reason
	}
	t.Item("", strings.TrimSpace(text))
	return t
}

// stepTitle is a stage in the words of the portal (E-281, E-314).
func stepTitle(s provlog.StepType) string {
	switch s {
	case provlog.Import:
		return "Import from the source"
	case provlog.Scoping:
		return "Determine scope"
	case provlog.Matching:
		return "Match"
	case provlog.Processing:
		return "Compare"
	case provlog.ReferenceResolution:
		return "Resolve references"
	case provlog.Export:
		return "Perform action"
	}
	return string(s)
}
