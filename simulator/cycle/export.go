package cycle

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// create posts the object with all its non-null values (E-152, W-29 to W-45).
func (r *run) create(ctx context.Context, e *Entry) []provlog.Step {
	if !e.Mapping.Flow.Add {
		return []provlog.Step{e.switchedOff(&r.Options, provlog.Create, provlog.ReasonCreateOff)}
	}
	unmatched := e.Named.Unmatched(e.warned())
	if missing := mapping.Missing(e.Values); missing != nil {
		return r.incomplete(e, missing.Name, unmatched)
	}
	values := mapping.Create(e.Values)
	sent := values
	if r.Options.PostNulls { // W-C16
		sent = e.Values
	}
	var later []*mapping.Attribute
	if !r.Options.CreateWhole {
		later = mapping.Uncreatable(values)
		values, sent = mapping.WithoutUncreatable(values), mapping.WithoutUncreatable(sent)
	}
	render := r.Dialect.CreateUser
	if e.Object.Kind == directory.Group {
		render = r.Dialect.CreateGroup
	}
	body, err := render(sent)
	if err != nil {
		return []provlog.Step{e.evaluationFailed(err)}
	}
	e.Modified = created(values)
	resource, failure := r.post(ctx, e, body, unmatched)
	if failure != nil && failure.Status == http.StatusConflict && r.Options.MatchConflict {
		if written, done := r.conflicting(ctx, e); done {
			return append([]provlog.Step{unmatched}, written...)
		}
	}
	if failure == nil {
		e.Target, e.NewLink, e.Wrote = resource, true, true
		e.Relinked, e.later = e.Relinked || e.Linked, len(later) > 0
	}
	steps := []provlog.Step{unmatched, e.exported(provlog.EntryExportAdd, failure)}
	for _, a := range later {
		steps = append(steps, e.Named.Unexported(a.Name))
	}
	return steps
}

// incomplete ends an entry without a required value: it is skipped, or by option it fails.
func (r *run) incomplete(e *Entry, required string, unmatched provlog.Step) []provlog.Step {
	if !r.Options.FailIncomplete {
		return []provlog.Step{unmatched, e.skipIncomplete(required)}
	}
	return []provlog.Step{e.exported(provlog.EntryExportAdd, scimclient.Failed(provlog.Fault{
		Code: provlog.CodeMissingFields, Why: provlog.WhyNoValue, About: provlog.About{Attribute: required},
	}))}
}

// conflicting looks for the object that a create ran into and writes to it, in the same
// cycle: the other side of A-30. It reports false when it finds none.
func (r *run) conflicting(ctx context.Context, e *Entry) ([]provlog.Step, bool) {
	found := r.match(ctx, e)
	if found == nil {
		if e.Failure != nil && e.Failure.Stop != nil {
			return nil, true // the run ends: state could not be read, or the context ended
		}
		e.Failure = nil
		return nil, false
	}
	e.Modified = nil
	return append(found, r.process(ctx, e, found...)...), true
}

// post sends the POST, journalled before and after.
func (r *run) post(ctx context.Context, e *Entry, body []byte, unmatched provlog.Step) (scimclient.Resource, *scimclient.Failure) {
	write, stopped := r.announce(ctx, e, r.createWrite(e), unmatched, e.exportStep(provlog.EntryExportAdd, false))
	if stopped != nil {
		return scimclient.Resource{}, stopped
	}
	resource, failure := r.journalled(ctx, e, body)
	r.answered(e, write, resource.ID, failure)
	return resource, failure
}

// journalled sends the POST between two lines of the journal, which cleanup reads.
func (r *run) journalled(ctx context.Context, e *Entry, body []byte) (scimclient.Resource, *scimclient.Failure) {
	if err := ctx.Err(); err != nil { // nothing is journalled that will not be sent
		return scimclient.Resource{}, scimclient.Stopped(err)
	}
	var seq int64
	if r.Journal != nil {
		var err error
		if seq, err = r.Journal.Intent(r.found(e)); err != nil {
			return scimclient.Resource{}, scimclient.Stopped(err)
		}
	}
	resource, failure := r.Client.Create(ctx, e.call, e.collection(), body)
	e.requests++
	if failure != nil {
		if r.Journal != nil && failure.Status >= 400 && failure.Status < 500 {
			// The target refused, so what cleanup might find under this name is somebody else's.
			if err := r.Journal.Gone(seq); err != nil {
				failure.Stop = err
			}
		}
		return resource, failure
	}
	r.claims.take(e.kind(), resource.ID, e.Object.Num)
	if r.Journal != nil {
		if err := r.Journal.Made(seq, resource.ID); err != nil {
			return resource, scimclient.Stopped(err)
		}
	}
	return resource, nil
}

// found says how cleanup finds the object again: by externalId, else by what it is matched by.
func (r *run) found(e *Entry) journal.Object {
	o := journal.Object{Collection: e.collection()}
	set := func(name, value string) {
		if o.Attribute == "" {
			o.Attribute, o.Value = name, value
		} else if o.AltAttribute == "" && o.Attribute != name {
			o.AltAttribute, o.AltValue = name, value
		}
	}
	for _, v := range e.Values {
		if v.Attribute.Name == "externalId" && !v.Value.IsEmpty() {
			set("externalId", v.Value.Text())
		}
	}
	for _, a := range e.Mapping.Matching() {
		if value, ok := e.value(a); ok {
			set(a.Name, value)
		}
	}
	return o
}

// update sends one PATCH with all changed attributes (W-50).
func (r *run) update(ctx context.Context, e *Entry, changes []mapping.Change, before ...provlog.Step) provlog.Step {
	body, err := r.Dialect.Patch(changes)
	if err != nil {
		return e.evaluationFailed(err)
	}
	e.Modified = modified(changes)
	name := provlog.EntryExportUpdate
	if e.Decision == DecideDisable {
		name = provlog.EntryExportUpdateSoftDelete
	}
	write, failure := r.announce(ctx, e, r.objectWrite(e), append(before, e.exportStep(name, false))...)
	if failure == nil {
		failure = r.Client.Patch(ctx, e.call, e.collection(), e.Target.ID, body)
		e.requests++
		r.answered(e, write, "", failure)
	}
	e.Wrote = failure == nil
	return e.exported(name, failure)
}

// remove reads the object and deletes it; one that is gone counts as deleted.
func (r *run) remove(ctx context.Context, e *Entry) []provlog.Step {
	found := r.read(ctx, e)
	if found == nil && e.Failure.Code != provlog.CodeInvalidAnchor {
		return nil
	}
	e.Failure = nil
	var failure *scimclient.Failure
	if found != nil {
		var write int64
		exported := e.exportStep(provlog.EntryExportDelete, false)
		if write, failure = r.announce(ctx, e, r.objectWrite(e), append(found, exported)...); failure == nil {
			failure = r.Client.Delete(ctx, e.call, e.collection(), e.Link.TargetID)
			e.requests++
			r.answered(e, write, "", failure)
		}
	}
	e.Wrote = failure == nil
	return append(found, e.exported(provlog.EntryExportDelete, failure))
}

// plain writes a value of the target for the log.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "True"
		}
		return "False"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}
