package cycle

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Entry is one object, or its references, on its way through the stages of a cycle.
type Entry struct {
	Subject

	Decision Decision
	Exchange
	Outcome
}

// summary renders the entry for the log.
func (r *run) summary(e *Entry, changeID string) *provlog.Summary {
	s := r.content(e)
	s.DurationInMilliseconds = r.cost(e).Milliseconds()
	r.Identity.head(s, r.IDs, r.id, changeID, r.clock.now())
	conceal(r.Redact, s)
	return s
}

// content is what the entry itself says.
func (r *run) content(e *Entry) *provlog.Summary {
	s := &provlog.Summary{
		ProvisioningAction:     e.Action,
		ProvisioningStatusInfo: provlog.StatusInfo{Status: e.Status},
		SourceIdentity:         r.sourceIdentity(e),
		TargetIdentity: provlog.Identity{
			ID: e.targetID(), IdentityType: e.Mapping.Target, Details: provlog.Details{},
		},
		ProvisioningSteps:  e.told(e.Steps),
		ModifiedProperties: e.Modified,
	}
	if e.Failure != nil {
		s.ProvisioningStatusInfo.ErrorInformation = e.Failure.Info()
	}
	if s.ModifiedProperties == nil {
		s.ModifiedProperties = []provlog.ModifiedProperty{}
	}
	return s
}

// told are the steps as the log has them. A retry names the operation that was kept, and of the
// stages only what came of it.
func (e *Entry) told(steps []provlog.Step) []provlog.Step {
	if e.Retrial == nil {
		return steps
	}
	retrial := *e.Retrial
	retrial.ID, retrial.Action = e.Object.ID, e.Action
	out := []provlog.Step{e.Named.Retried(&retrial)}
	for _, s := range steps {
		if s.Type == provlog.Export || s.Status != provlog.Success {
			out = append(out, s)
		}
	}
	return out
}

// cost is the virtual time that the entry took.
func (r *run) cost(e *Entry) time.Duration { return e.cost(&r.Options, r.latency) }

// targetID is the object's id in the target, "" while it has none.
func (e *Entry) targetID() string {
	if e.Target.ID != "" {
		return e.Target.ID
	}
	return e.Link.TargetID
}

func (r *run) sourceIdentity(e *Entry) provlog.Identity {
	details := provlog.Details{{Key: "id", Value: e.Object.ID}, {Key: "odatatype", Value: e.kind()}}
	if s, ok := e.Object.Properties["displayName"].(string); ok {
		details = append(details, provlog.Detail{Key: "DisplayName", Value: s})
	}
	if s, ok := e.Object.Attribute("userPrincipalName").(string); ok && e.Object.Kind == directory.User {
		details = append(details, provlog.Detail{Key: "UserPrincipalName", Value: s})
	}
	return provlog.Identity{ID: e.Object.ID, DisplayName: e.name(), IdentityType: e.kind(), Details: details}
}
