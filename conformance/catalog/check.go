package catalog

import (
	"cmp"
	"slices"
	"strings"
)

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

// The subjects of checks, which are profiles as well.
const (
	Attributes = "attributes"
	Groups     = "groups"
	Protocol   = "protocol"
)

// Features that a target may lack. A check is skipped where one that it needs is missing.
const (
	Patch      = "patch"
	Put        = "put"
	Filter     = "filter"
	GroupsHere = "groups"
	Enterprise = "enterprise"
	// Tenants is no feature of the target alone: somebody has to give the token of another tenant.
	Tenants = "tenants"
)

// Features lists the features, by name.
func Features() []string { return []string{Enterprise, Filter, GroupsHere, Patch, Put, Tenants} }

// Check is one requirement.
type Check struct {
	ID    ID
	Suite string
	// About is the subject: attributes, groups or protocol.
	About string
	Title string // what a conforming target does
	Level Level
	Basis Basis
	Rule  string   // R-n, W-n
	Why   string   // why Entra cares
	Fix   string   // one line, in the vendor's words
	Cause string   // findings of one cause are shown together
	Needs []string // features
}

// Weak reports evidence on which a target is only warned.
func (c Check) Weak() bool { return c.Basis.Kind == Observed || c.Basis.Kind == Inferred }

// Labels are what a Ginkgo label filter selects by.
func (c Check) Labels() []string {
	labels := []string{"id:" + string(c.ID), "level:" + string(c.Level), "suite:" + c.Suite, "profile:" + c.About}
	for _, f := range c.Needs {
		labels = append(labels, "feature:"+f)
	}
	return labels
}

// ParseID reads an id as people write it; the subject of a generated check, in square
// brackets behind it, is left out.
func ParseID(s string) ID {
	id, _, _ := strings.Cut(strings.TrimSpace(s), "[")
	return ID(strings.ToUpper(id))
}

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
	list := slices.Concat(
		of("users", Attributes, nil, users()), of("users", Attributes, []string{Put}, replacing()),
		of("queries", Attributes, []string{Filter}, userQueries()), of("queries", Groups, []string{Filter, GroupsHere}, groupQueries()),
		of("queries", Attributes, nil, projections()), of("queries", Protocol, nil, paging()),
		of("attributes", Attributes, []string{Patch}, attributes()), of("attributes", Attributes, []string{Patch}, refusals()),
		of("attributes", Attributes, []string{Patch, Enterprise}, extension()),
		of("memberships", Groups, []string{GroupsHere}, groups()), of("memberships", Groups, []string{GroupsHere, Patch}, memberships()),
		of("memberships", Groups, []string{GroupsHere, Put}, memberLists()),
		of("protocol", Protocol, nil, protocol()),
		of("users", Attributes, nil, steadyUsers()), of("users", Attributes, []string{Patch}, steadyRenames()),
		of("queries", Attributes, []string{Filter}, steadyQueries()), of("queries", Attributes, []string{Filter, Patch}, steadyNames()),
		of("queries", Protocol, nil, steadyPages()), of("attributes", Attributes, []string{Patch}, steadyAttributes()),
		of("attributes", Attributes, []string{Patch, Enterprise}, steadyExtension()),
		of("memberships", Groups, []string{GroupsHere}, steadyGroups()), of("protocol", Protocol, nil, steadyProtocol()),
		of("queries", Protocol, []string{Filter}, optionalQueries()), of("protocol", Protocol, nil, optionalProtocol()),
		of("protocol", Protocol, []string{Tenants}, tenants()), of("memberships", Groups, []string{GroupsHere}, nesting()),
	)
	slices.SortFunc(list, func(a, b Check) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// of says what the checks of a table have in common.
func of(suite, about string, needs []string, list []Check) []Check {
	for i := range list {
		list[i].Suite, list[i].About = suite, about
		list[i].Needs = slices.Sorted(slices.Values(slices.Concat(needs, list[i].Needs)))
	}
	return list
}
