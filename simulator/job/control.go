package job

import (
	"context"
	"errors"
	"time"

	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Actions of an administrator on a job. Each of them happens between two cycles: one
// that is requested while a cycle runs takes effect when the cycle has ended (E-15,
// E-56). at is the instant of the request.

// Pause lets no further cycle start and keeps everything (E-15, E-17). It does not stop
// the 28 days of a quarantine.
func (j *Job) Pause(ctx context.Context, at time.Time) error {
	j.rec.Paused = true
	return j.controlled(ctx, j.audit(at, activityPause, "success", ""))
}

// Start resumes a paused job where it stood and takes a job out of quarantine (E-16, E-274).
func (j *Job) Start(ctx context.Context, at time.Time) error {
	j.lift()
	j.wake()
	return j.controlled(ctx, j.audit(at, activityStart, "success", ""))
}

// Restart resets parts of the state and starts the job (section 15 of the engine rules).
func (j *Job) Restart(ctx context.Context, at time.Time, s Scope) error {
	reset := s
	if s == Portal && j.cfg.RestartDropsLinks {
		reset |= ConnectorDataStore
	}
	if err := j.reset(ctx, reset); err != nil {
		return err
	}
	j.wake()
	return j.controlled(ctx, j.audit(at, activityRestart, "success", "", AuditDetail{"ResetScope", s.String()}))
}

// ChangeSchema puts other mappings or filters into force. The next cycle is an initial
// one; escrows and quarantine are cleared, links are kept (E-51, E-56, E-273).
func (j *Job) ChangeSchema(ctx context.Context, at time.Time, schema *syncschema.Schema) error {
	m, err := j.cfg.Compile(schema)
	if err != nil {
		return err
	}
	j.cfg.Cycle.Mappings, j.cfg.SchemaHash, j.cfg.Types = m, schema.Hash(), Types(m)
	return j.schemaChanged(ctx, at)
}

// ChangeScope is the scope setting: everybody, or only who is assigned (E-60). Going
// from everybody to assigned has no effect until a restart (E-47, E-275).
func (j *Job) ChangeScope(ctx context.Context, at time.Time, all bool) error {
	j.rec.ScopeAll = all
	j.rec.ScopeInForce = j.rec.ScopeInForce || all
	return j.controlled(ctx, j.audit(at, activitySetting, "success", "", AuditDetail{"SyncAll", boolText(all)}))
}

// ChangeCredentials puts another value of the header Authorization into force. Saving
// credentials neither restarts a job nor lifts its quarantine; the next attempt or a
// start does (E-258).
func (j *Job) ChangeCredentials(ctx context.Context, at time.Time, authorization string) error {
	client, ok := j.cfg.Cycle.Client.(interface{ SetAuthorization(value string) })
	if !ok {
		return errors.New("this job sends no requests, so it has no credentials to change")
	}
	client.SetAuthorization(authorization)
	return j.controlled(ctx, j.audit(at, activitySetting, "success", "", AuditDetail{"Setting", "credentials"}))
}

// controlled makes an action durable and writes its audit event.
func (j *Job) controlled(ctx context.Context, event *Audit) error {
	if now := j.cfg.Cycle.Clock.Now(); now.After(j.rec.Now) {
		j.rec.Now = now
	}
	if err := j.cfg.Audit(ctx, event); err != nil {
		return err
	}
	return j.Save(ctx)
}

// wake lets the next cycle start at once, also of a job that was disabled.
func (j *Job) wake() {
	j.rec.Paused, j.rec.Quarantine.Disabled = false, false
	j.rec.Next = j.cfg.Cycle.Clock.Now()
}

// lift ends a quarantine by hand; the next cycle may impose it anew, as a new series (E-268).
func (j *Job) lift() { j.rec.Quarantine = quarantine.State{} }

// reset clears the parts of the state that a scope names.
func (j *Job) reset(ctx context.Context, s Scope) error {
	store := j.cfg.Cycle.Store
	if s.Has(Watermark) || s.Has(ConnectorDataStore) { // without links everything is to be matched again
		j.rec.Watermark, j.rec.Initialised = 0, false
		if !s.Has(ForceDeletes) {
			j.rec.Staged = nil // evaluated anew by the initial cycle
		}
		j.rec.ScopeInForce = j.rec.ScopeAll
	}
	if s.Has(Escrows) { // E-240: counting begins anew
		if err := store.ClearEscrows(ctx); err != nil {
			return err
		}
		j.rec.Successes = 0
	}
	if s.Has(ConnectorDataStore) {
		if err := store.ClearLinks(ctx); err != nil {
			return err
		}
		j.rec.Linked = map[string]int64{} // E-54
	}
	if s.Has(QuarantineState) || s == 0 {
		j.lift()
	}
	if s.Has(ForceDeletes) {
		j.rec.ForceDeletes = true // the next cycle executes them and so ends the quarantine (E-228)
	}
	return nil
}
