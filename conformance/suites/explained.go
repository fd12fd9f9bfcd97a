package suites

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Causes that the survey found and that explain findings of other checks.
const (
	membersHidden = "members-hidden"
	activeIgnored = "active-ignored"
	emptySearch   = "empty-search"
	preconditions = "preconditions"
)

// explained returns the cause that the survey found and that explains a failure, or "": members
// that no read shows, or a user that PATCH does not disable. Whatever a check does with them says
// nothing of its own requirement.
func (p *probe) explained(f fact.Fact) string {
	if p.check.Profile == catalog.ValidatorPreview || p.check.Foreign() { // it fails for whatever reason
		return ""
	}
	if p.survey.EmptyMissing && catalog.Base(emptySearch) != p.check.ID && f.Status == http.StatusNotFound && f.Method == http.MethodGet && !strings.Contains(f.Route, "{id}") {
		return emptySearch
	}
	if f.Status == http.StatusPreconditionRequired && p.check.Cause != "no-patch" {
		return preconditions
	}
	if !p.survey.Asked || f.Status >= 400 {
		return ""
	}
	for _, e := range []struct {
		cause string
		known bool
		sent  *regexp.Regexp
	}{
		{membersHidden, p.hidden(), regexp.MustCompile(`"members`)},
		{activeIgnored, p.ignoresActive(), regexp.MustCompile(`(?i)"active"(:|,"value":)"?false|:\{"active"`)},
	} {
		sends := func(x *exchange.Exchange) bool {
			return e.sent.Match(bytes.ReplaceAll(x.RequestBody, []byte(" "), nil))
		}
		if e.known && catalog.Base(e.cause) != p.check.ID && slices.ContainsFunc(p.Exchanges, sends) {
			return e.cause
		}
	}
	return ""
}

// hidden reports that a group shows no members, whether they come with the group or later.
func (p *probe) hidden() bool {
	g := p.survey.Groups
	absent := func(a survey.Ability) bool {
		return a.Fact.Kind == fact.Absent && strings.EqualFold(a.Fact.Attribute, "members")
	}
	return absent(g.MembersByPatch) && absent(g.MembersByPost)
}

// unshown ends the check if it needs to see members, and /Schemas announces that they are never
// returned.
func (p *probe) unshown() {
	if p.survey.Groups.Hidden && p.hidden() {
		p.finding.Lacks = "Group.members"
		p.skip("/Schemas announces that members are never returned")
	}
}

// ignoresActive reports that PATCH says that it disables a user and does not.
func (p *probe) ignoresActive() bool {
	a := p.survey.Users.Find("active")
	return a != nil && a.Patch == survey.Dropped && p.survey.Patch.Works
}
