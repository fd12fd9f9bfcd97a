package suites

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/survey"
)

// carrier returns a text attribute of users that the target keeps and that PATCH changes. Checks
// of what PATCH means use it instead of an attribute that the target may not have.
func (p *probe) carrier() string { return p.carriers(1)[0] }

// carriers returns n different carriers. It ends the check if the target has fewer.
func (p *probe) carriers(n int) []string {
	list := slices.DeleteFunc(survey.Carriers(), func(name string) bool {
		if !p.survey.Asked {
			return false
		}
		a := p.survey.Users.Find(name)
		return a == nil || !a.Kept() || !a.Writable() || a.Patch == survey.Refused || a.Patch == survey.Dropped
	})
	if len(list) < n {
		p.finding.Lacks = "text attributes that PATCH changes"
		p.skip("the target has too few text attributes that PATCH changes")
	}
	return list[:n]
}
