package cycle

import (
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Entry is one object on its way through the stages of a cycle.
type Entry struct {
	Object  *directory.Object
	Mapping *mapping.Object

	// From plan.
	Link     state.Link
	Linked   bool
	Scope    scoping.Decision
	Values   []mapping.Value
	warnings []string // of the mapping's expressions
	Decision Decision
	touched  []string // attributes of the source that changed, of an update without a read
	decided  bool     // by the table of actions, so that Scope says who is managed
	call     scimclient.Call

	// From exchange.
	Target   scimclient.Resource // as read, found or created
	Action   provlog.Action
	Status   provlog.Result
	Skip     string // skip reason, when Status is Skipped
	Failure  *scimclient.Failure
	Steps    []provlog.Step
	Modified []provlog.ModifiedProperty
	NewLink  bool // matched or created in this cycle
	Shared   bool // matched an object that another source object has too
	Relinked bool // the linked object was gone and the link is given up
	Wrote    bool
	Back     bool  // it was disabled in the target and is active again
	Retried  bool  // an escrow ended: changes of earlier cycles may be outstanding
	cut      error // the run ended in the middle of several writes; what was achieved counts
	requests int64
	waited   time.Duration // on the virtual clock, for answers that came late
	counted  int64         // requests that are in the cycle's figures already

	// From the prevention of accidental deletions.
	held     bool             // the write waits for the end of the cycle
	released bool             // it may be written now
	changes  []mapping.Change // what it would write
}

func (e *Entry) step(s provlog.Step) { e.Steps = append(e.Steps, s) }

// warned are the warnings of the mapping as details of a step.
func (e *Entry) warned() provlog.Details {
	if len(e.warnings) == 0 {
		return provlog.Details{}
	}
	return provlog.Details{{Key: "Warning", Value: strings.Join(e.warnings, "; ")}}
}

// kind is "User" or "Group", as logs spell it.
func (e *Entry) kind() string {
	if e.Object.Kind == directory.Group {
		return "Group"
	}
	return "User"
}

// collection is the endpoint of the object's type.
func (e *Entry) collection() string { return e.kind() + "s" }

// name is what the log calls the object: the value that an admin recognises.
func (e *Entry) name() string {
	for _, property := range []string{"displayName", "userPrincipalName", "mailNickname"} {
		if s, ok := e.Object.Properties[property].(string); ok && s != "" {
			return s
		}
	}
	return e.Object.ID
}

// lanes keep objects apart that share a matching value, without regard to case. All
// matching values count, because each of them may find what another object made, and so
// do those that the linked object has in the target: somebody else may want its old name.
func (e *Entry) lanes() []string {
	out := e.names()
	if e.Link.Names != "" {
		out = append(out, strings.Split(e.Link.Names, "\n")...)
	}
	return out
}

// names are the matching values that the object is to have.
func (e *Entry) names() []string {
	var out []string
	for _, a := range e.Mapping.Matching() {
		if v, ok := e.value(a); ok {
			out = append(out, strings.ToLower(v))
		}
	}
	return out
}

// value is the mapped value of an attribute as text; none when it is null or empty.
func (e *Entry) value(a *mapping.Attribute) (string, bool) {
	for _, v := range e.Values {
		if v.Attribute == a {
			return v.Value.Text(), !v.Value.IsEmpty()
		}
	}
	return "", false
}

func (e *Entry) fail(f *scimclient.Failure) {
	e.Failure, e.Status = f, provlog.Failure
}

func (e *Entry) skip(reason string) {
	e.Skip, e.Status, e.Action = reason, provlog.Skipped, provlog.Other
}

// cost is the virtual time that the entry took.
func (e *Entry) cost(o Options) time.Duration {
	waited := time.Duration(e.requests)*o.latency + e.waited
	switch {
	case e.Wrote:
		return waited + o.WriteTime
	case e.requests > 0:
		return waited + o.ReadTime
	}
	return 0
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
		DurationInMilliseconds: e.cost(r.Options).Milliseconds(),
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
