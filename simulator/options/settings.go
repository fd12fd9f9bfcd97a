package options

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scoping"
)

// Settings are the choices of one run, each where the part that it belongs to takes it.
type Settings struct {
	Cycle   cycle.Options
	Dialect dialect.Options
	Filters scoping.Options
	Job     job.Choices
	Mapping mapping.Options

	// AssignmentDelay is how long an assignment takes to reach the service (E-48).
	AssignmentDelay time.Duration
	// AllMarks makes NormalizeDiacritics replace letters with two marks that the page does not list.
	AllMarks bool
	// Attempts are the times of cycles after a quarantine began.
	Attempts []time.Duration
	// BadPatchCode is the error code of a PATCH with the status 400.
	BadPatchCode string
	// BadCreateCode is the error code of a POST with the status 400.
	BadCreateCode string
	// ConflictCode is the error code of a POST with the status 409.
	ConflictCode string
	// FlagInURL leaves flags of the tenant URL in the URL of every request (W-122).
	FlagInURL bool
	// GroupMatch is the attribute by which groups are matched; "" is the schema's (W-C13).
	GroupMatch string
	// HonorRetryAfter waits as the target asks.
	HonorRetryAfter bool
	// InitialPruning drops escrows instead of a quarantine by counts.
	InitialPruning bool
	// LenientIIF evaluates IIF also when an attribute of its condition is null.
	LenientIIF bool
	// StrictIIF never does so, not even under IsPresent.
	StrictIIF bool
	// OneRoleOnly makes SingleAppRoleAssignment fail for several roles.
	OneRoleOnly bool
	// RoleValues makes SingleAppRoleAssignment return the value of a role.
	RoleValues bool
	// Mail is the address for notifications, and MailOff leaves it in the settings without using it (E-225).
	Mail    string
	MailOff bool
	// PatchType is the Content-Type of PATCH; "" is that of SCIM (W-C14).
	PatchType string
	// SchemaVersion is the header ADSCIMVersion; "" is the version of the schema.
	SchemaVersion string
	// SoftDeleteSet says that Cycle.SoftDelete overrides what the application supports.
	SoftDeleteSet bool
	// UserAgent is the header of every request; "" sends none (W-C3).
	UserAgent string
}

// Notified is the address that is notified; "" is nobody.
func (s *Settings) Notified() string {
	if s.MailOff {
		return ""
	}
	return s.Mail
}

// OfAdministrator are the options that are settings of the job on the portal's page, so that a state
// keeps them (E-335, E-225).
func OfAdministrator() []string {
	return []string{"deleteThreshold", "notificationEmail", "notificationEnabled", "preventAccidentalDeletion"}
}
