package catalog

import (
	"strings"
)

// ID is the permanent identifier of a check: three letters, a dash and three digits.
type ID string

// Level is the strength of a requirement.
type Level string

// The levels. An unmet Must fails and an unmet Should warns. An unmet Entra requirement
// fails under the profile entra and warns under rfc alone. An unmet Client requirement fails: its
// check runs under the profile of that client only.
const (
	Must   Level = "MUST"
	Should Level = "SHOULD"
	Entra  Level = "ENTRA"
	Client Level = "CLIENT"
)

// The subjects of checks. They are profiles as well.
const (
	Attributes = "attributes"
	Groups     = "groups"
	Protocol   = "protocol"
)

// Features that a target may lack. A check is skipped if a feature that it needs is missing.
const (
	Patch      = "patch"
	Put        = "put"
	Filter     = "filter"
	GroupsHere = "groups"
	Enterprise = "enterprise"
	// Tenants also depends on the caller, who must supply the token of another tenant.
	Tenants = "tenants"
)

// Features returns all features, sorted by name.
func Features() []string { return []string{Enterprise, Filter, GroupsHere, Patch, Put, Tenants} }

// ValidatorPreview is the profile that forecasts Microsoft's SCIM Validator. Its checks fail where
// others are blocked, because a test there makes its own objects.
const ValidatorPreview = "validator-preview"

// Okta and OneLogin are the profiles of other clients than Entra. Their checks send what those
// clients send, run under their profiles only, and fail for whatever reason the client's request does.
const (
	Okta     = "okta"
	OneLogin = "onelogin"
)

// The profiles that run the lists which Okta publishes.
const (
	OktaSpec         = "okta-spec"
	OktaCRUD         = "okta-crud"
	OktaEntitlements = "okta-entitlements"
)

// Leavers marks the checks of what a leaver can still do. They run if the caller says how to look.
const Leavers = "leavers"

// Check is one requirement.
type Check struct {
	ID    ID
	Suite string
	// About is the subject of the check: attributes, groups or protocol.
	About string
	Title string // what a conforming target does, as a sentence without subject
	Level Level
	Basis Basis
	Rule  string   // R-n, W-n
	Why   string   // why the requirement matters to Entra
	Fix   string   // one line for the developer of the target
	Cause string   // reports group findings by cause
	Needs []string // features that the target must have
	// Profile is the only profile under which the check runs; empty means all.
	Profile string
	// Subjects are the assertions of a published list, in its order. Each is judged by itself.
	Subjects []string
	// Alone keeps other checks from running beside it, such as one that counts all users.
	Alone bool
}

// Weak reports whether the evidence supports only a warning.
func (c Check) Weak() bool {
	return c.Basis.Kind == Observed || c.Basis.Kind == Reported || c.Basis.Kind == Inferred
}

// Foreign reports a check of another client than Entra.
func (c Check) Foreign() bool { return c.Level == Client }

// Labels returns the labels that a Ginkgo label filter can select.
func (c Check) Labels() []string {
	labels := []string{"id:" + string(c.ID), "level:" + string(c.Level), "suite:" + c.Suite, "profile:" + c.About}
	if c.Profile != "" {
		labels = append(labels, "profile:"+c.Profile)
	}
	for _, f := range c.Needs {
		labels = append(labels, "feature:"+f)
	}
	return labels
}

// ParseID reads an id in any letter case. It drops a subject in square brackets after the id.
func ParseID(s string) ID {
	id, _, _ := strings.Cut(strings.TrimSpace(s), "[")
	return ID(strings.ToUpper(id))
}
