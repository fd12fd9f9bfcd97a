package expression

import (
	"math/rand/v2"
	"time"
)

// Env is what an expression is evaluated over. Every field may be left out; what
// needs it then fails, except that no Attribute means that all attributes are null.
type Env struct {
	// Attribute returns the value of a source attribute, null if it is absent.
	Attribute func(name string) Value
	// Now is the clock of Now (E-192).
	Now func() time.Time
	// Random is the source of Guid and RandomString (E-177, E-195).
	Random *rand.Rand
	// AppRoles returns the app roles of the user, by the time of their assignment;
	// it stands behind [appRoleAssignments] (E-145). Without it, Attribute is asked.
	AppRoles func() []AppRole
	// DefaultDomain is the tenant's default verified domain (E-175).
	DefaultDomain string
	// LenientIIF evaluates IIF also where an attribute of its condition is null or empty, and
	// StrictIIF does so nowhere. Without both, IIF is evaluated where only IsPresent and its
	// relatives read such an attribute.
	LenientIIF, StrictIIF bool
	// RoleValues makes SingleAppRoleAssignment give the value of the role, not its display name.
	RoleValues bool
	// OneRoleOnly makes SingleAppRoleAssignment fail for several roles.
	OneRoleOnly bool
	// AllMarks makes NormalizeDiacritics drop the marks of a letter with two that the page does not list.
	AllMarks bool
	// Unchanged tells whether a source attribute is the same as before. If it is set, the
	// known defect of Switch is reproduced: with a default, over attributes that are all
	// unchanged, it gives a null that clears the target (E-179, A-8).
	Unchanged func(attribute string) bool
	// Warn receives what a person should know about a result, such as an IIF that gave null.
	Warn func(message string)
}
