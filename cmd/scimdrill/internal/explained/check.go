package explained

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// checkOf finds a check. What it says is on the page of checks, too.
func checkOf(id string) (subject, bool) {
	c, ok := suites.Lookup(catalog.ParseID(id))
	if !ok {
		return subject{}, false
	}
	s := subject{ID: string(c.ID), Kind: "check (" + string(c.Level) + ", " + c.Suite + ")", Title: c.Title}
	s.add("requirement", c.Basis.Kind+": "+c.Basis.Ref+" "+c.Basis.URL)
	s.add("rule", c.Rule)
	s.add("why", c.Why)
	if cause, ok := catalog.LookupCause(c.Cause); ok {
		s.add("if it fails", cause.Title+" ("+string(cause.Severity)+")")
		if cause.Fix != c.Fix {
			s.add("cause", cause.Fix)
		}
	}
	for _, d := range target.Catalog() {
		if slices.Contains(d.Killers, string(c.ID)) {
			s.add("broken by", d.ID+": "+d.Title)
		}
	}
	s.add("fix", c.Fix)
	for _, feature := range c.Needs {
		s.add("needs", feature)
	}
	s.add("profile", c.Profile)
	s.add("run", runOf(c))
	s.docs("reference/checks", string(c.ID))
	return s, true
}

// runOf returns the command that runs a check alone.
func runOf(c catalog.Check) string {
	command := "scimdrill conform --target URL --check " + string(c.ID)
	if slices.Contains(c.Needs, catalog.Tenants) {
		command += " --second-token-file FILE"
	}
	if c.Profile == catalog.Leavers {
		command += " --leaver-probe URL"
	}
	return command
}
