package read

import (
	"errors"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// table reads a file of the CSV download: the entries, their steps, or their modified properties
// (G-42). A table that was exported from Log Analytics has one entry in each row.
func (r *reader) table(f *saved.File) {
	rows, err := f.Rows()
	if err != nil {
		r.fail(err)
		return
	}
	for _, o := range rows {
		switch {
		case isStep(o):
			r.steps = append(r.steps, o)
		case isProperty(o):
			r.props = append(r.props, o)
		case isEntry(o):
			_, stepped := o.Get("provisioningSteps")
			r.bare = r.bare || !stepped
			r.entry(o)
		default:
			r.fail(o.Fault("%s", stranger(o)))
		}
	}
}

// isStep reports whether a row is one of the steps: it has a description and no action.
func isStep(o *saved.Object) bool {
	return o.Has("provisioningStepType", "stepType", "stepName", "stepDescription", "description") && hasChange(o) && !isAction(o)
}

// isProperty reports whether a row is one of the modified properties.
func isProperty(o *saved.Object) bool {
	return o.Has("newValue", "oldValue") && hasChange(o) && !isAction(o)
}

func hasChange(o *saved.Object) bool { return o.Has("changeId", "change", "id") }

func isAction(o *saved.Object) bool { return o.Has("provisioningAction", "action", "sourceIdentity") }

// changeOf is the id that joins the three files.
func changeOf(o *saved.Object) string { return o.Text("changeId", "change", "id") }

// join gives the entries the steps and modified properties of the other files.
func (r *reader) join() {
	joined := 0
	for _, o := range r.steps {
		if e := r.changes[changeOf(o)]; e != nil {
			e.ProvisioningSteps = append(e.ProvisioningSteps, step(o))
			joined++
		}
	}
	for _, o := range r.props {
		if e := r.changes[changeOf(o)]; e != nil {
			e.ModifiedProperties = append(e.ModifiedProperties, property(o))
			joined++
		}
	}
	others := len(r.steps) + len(r.props)
	switch {
	case others > 0 && len(r.entries) == 0:
		r.fail(errors.New("the steps and the modified properties belong to a third file; hint: give ProvisioningLogs.csv of the same download too"))
	case others > joined:
		r.note("%d rows of steps and modified properties have a change id that no entry has; hint: give the three files of one download", others-joined)
	case r.bare && others == 0:
		r.note("the steps are missing, so the reason of a skip may be unknown; hint: also give ProvisioningLogs_ProvisioningSteps.csv and ProvisioningLogs_ModifiedProperties.csv")
	}
	for _, e := range r.entries {
		e.inferred()
	}
}
