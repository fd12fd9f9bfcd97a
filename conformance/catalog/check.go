package catalog

import "slices"

// ID names a check for good: three letters, dash, three digits.
type ID string

// Level says how binding a requirement is.
type Level string

// The levels. A Must that is not met fails, a Should warns; Entra fails under the
// profile entra and warns under rfc alone.
const (
	Must   Level = "MUST"
	Should Level = "SHOULD"
	Entra  Level = "ENTRA"
)

// The kinds of evidence.
const (
	RFC       = "RFC"
	Microsoft = "Microsoft page"
	Observed  = "observed"
	Inferred  = "inferred"
)

// Basis is a piece of evidence: its kind, where it is, and when it was read.
type Basis struct {
	Kind, Ref, URL string
}

// Read is when the evidence was last read.
const Read = "2026-11-21"

// Check is one requirement.
type Check struct {
	ID    ID
	Suite string
	Title string // what a conforming target does
	Level Level
	Basis Basis
	Rule  string // R-n, W-n
	Why   string // why Entra cares
	Fix   string // one line, in the vendor's words
	Cause string // findings of one cause are shown together
}

// Weak reports evidence on which a target is only warned.
func (c Check) Weak() bool { return c.Basis.Kind == Observed || c.Basis.Kind == Inferred }

// Lookup returns the check of an id.
func Lookup(id ID) (Check, bool) {
	list := Checks()
	i := slices.IndexFunc(list, func(c Check) bool { return c.ID == id })
	if i < 0 {
		return Check{}, false
	}
	return list[i], true
}

// Checks lists all checks, by id.
func Checks() []Check {
	list := slices.Concat(users(), queries(), attributes(), memberships(), protocol())
	slices.SortFunc(list, func(a, b Check) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	return list
}

func rfc7644(section string) Basis {
	return Basis{RFC, "RFC 7644 section " + section, "https://www.rfc-editor.org/rfc/rfc7644#section-" + section}
}

func rfc7643(section string) Basis {
	return Basis{RFC, "RFC 7643 section " + section, "https://www.rfc-editor.org/rfc/rfc7643#section-" + section}
}

func microsoft() Basis {
	return Basis{Microsoft, "Develop and plan provisioning for a SCIM endpoint", "https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups"}
}

func compatibility() Basis {
	return Basis{Microsoft, "SCIM 2.0 protocol compliance of the provisioning service", "https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility"}
}

func observed(ref, url string) Basis { return Basis{Observed, ref, url} }
