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
	s := &provlog.Summary{
		ID:                     r.IDs.For("entry", changeID),
		ActivityDateTime:       provlog.Time(r.clock.now()),
		TenantID:               r.Identity.TenantID,
		JobID:                  r.Identity.JobID,
		CycleID:                r.id,
		ChangeID:               changeID,
		ProvisioningAction:     e.Action,
		DurationInMilliseconds: r.cost(e).Milliseconds(),
		ProvisioningStatusInfo: provlog.StatusInfo{Status: e.Status},
		InitiatedBy:            provlog.Initiator{DisplayName: "Azure AD Provisioning Service", InitiatorType: "system"},
		ServicePrincipal:       r.Identity.ServicePrincipal,
		SourceSystem:           r.Identity.Source,
		TargetSystem:           r.Identity.Target,
		SourceIdentity:         r.sourceIdentity(e),
		TargetIdentity: provlog.Identity{
			ID: e.targetID(), IdentityType: e.Mapping.Target, Details: provlog.Details{},
		},
		ProvisioningSteps:  e.Steps,
		ModifiedProperties: e.Modified,
	}
	if e.Failure != nil {
		s.ProvisioningStatusInfo.ErrorInformation = e.Failure.Info()
	}
	if s.ModifiedProperties == nil {
		s.ModifiedProperties = []provlog.ModifiedProperty{}
	}
	r.conceal(s)
	return s
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
