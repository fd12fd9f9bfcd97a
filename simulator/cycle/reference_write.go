package cycle

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// referenceWrite is how references of one kind are written.
type referenceWrite struct {
	collection, attribute string
	present               bool // they are to be there afterwards
	render                func(ids []string) []byte
	begun                 func(ids []string) inflight.Facts // the facts of the write
	steps                 []provlog.Step                    // of its entry
}

// writeReferences sends one PATCH for the references to ids. A dialect that checks first
// leaves out those that are in the target as they should be (W-20, W-21).
func (r *run) writeReferences(ctx context.Context, e *Entry, ids []string, w referenceWrite) *scimclient.Failure {
	if r.Dialect.ChecksReferences() {
		var failure *scimclient.Failure
		if ids, failure = r.unwritten(ctx, e, ids, w); failure != nil || len(ids) == 0 {
			return failure
		}
	}
	write, failure := r.announce(ctx, e, w.begun(ids), w.steps...)
	if failure != nil {
		return failure
	}
	e.requests++
	failure = r.Client.Patch(ctx, e.call, w.collection, e.Link.TargetID, w.render(ids))
	r.answered(e, write, "", failure)
	return failure
}

// unwritten asks for each reference whether it is there and keeps those that a PATCH has to change.
func (r *run) unwritten(ctx context.Context, e *Entry, ids []string, w referenceWrite) ([]string, *scimclient.Failure) {
	var failed *scimclient.Failure
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		if failed != nil {
			return false
		}
		e.requests++
		there, failure := r.Client.Holds(ctx, e.call, scimclient.Reference{
			Collection: w.collection, ID: e.Link.TargetID, Attribute: w.attribute, Value: id, Short: r.Options.ShortMemberQuery,
		})
		failed = failure
		return there == w.present
	})
	return ids, failed
}
