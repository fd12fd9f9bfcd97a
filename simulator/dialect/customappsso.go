package dialect

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// customappsso is the form of jobs from before December 2018 (W-124). Microsoft does not
// support it any more, and what is known of it comes from documents of that time.
type customappsso struct{ legacy }

// Name is "customappsso".
func (customappsso) Name() string { return "customappsso" }

// CreateGroup names Microsoft's own group schema, which is no SCIM URN (W-124, W-43).
func (c customappsso) CreateGroup(values []mapping.Value) ([]byte, error) {
	c.options.ADSCIMGroup = true
	return c.legacy.CreateGroup(values)
}

// Patch writes a dot where the attribute of an extension follows its URN (W-54, W-124).
func (c customappsso) Patch(changes []mapping.Change) ([]byte, error) {
	return c.patch(changes, func(a *mapping.Attribute) string {
		name, ok := strings.CutPrefix(a.Name, a.Path.URN+":")
		if a.Path.URN == "" || !ok {
			return a.Name
		}
		return a.Path.URN + "." + name
	})
}

// MemberRef says whether "$ref": null stands beside the value of a member (W-C10).
type MemberRef uint8

// The forms of a member.
const (
	RefByDialect MemberRef = iota // with customappsso only, as in a capture of 2019
	NoRef
	NullRef
)

// AddMembers writes a null reference beside each value (W-C10, A-10).
func (c customappsso) AddMembers(ids []string) []byte {
	return c.referring().AddMembers(ids)
}

// RemoveMembers writes them as AddMembers does.
func (c customappsso) RemoveMembers(ids []string) []byte {
	return c.referring().RemoveMembers(ids)
}

func (c customappsso) referring() legacy {
	if c.options.MemberRef == RefByDialect {
		c.options.MemberRef = NullRef
	}
	return c.legacy
}

// ChecksReferences is true: a query asks before a reference is written (W-20, W-21).
func (customappsso) ChecksReferences() bool { return true }
