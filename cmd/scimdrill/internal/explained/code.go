package explained

import (
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/simulator/explain"
)

// codeOf finds an error code or a skip reason of the provisioning log.
func codeOf(id string) (subject, bool) {
	c, ok := explain.LookupCode(id)
	if !ok {
		return subject{}, false
	}
	s := subject{ID: c.Name, Kind: "error code of the provisioning log", Title: c.Cause.What}
	if c.Prefixed {
		s.ID = id
		s.add("code", c.Name+", with the prefix of a connector")
	}
	s.cause(c.Cause)
	s.docs("reference/error-codes", c.Name)
	return s, true
}

// causeOf finds a cause of entries of the provisioning log, or of findings.
func causeOf(id string) (subject, bool) {
	if c, ok := explain.Lookup(id); ok {
		s := subject{ID: c.Key, Kind: "cause of an entry of the provisioning log", Title: c.What}
		s.cause(c)
		return s, true
	}
	if c, ok := catalog.LookupCause(id); ok {
		s := subject{ID: c.Key, Kind: "cause of findings of conform", Title: c.Title}
		s.add("severity", string(c.Severity))
		s.add("fix", c.Fix)
		return s, true
	}
	return subject{}, false
}

func (s *subject) cause(c explain.Cause) {
	s.add("why", c.Why)
	for _, r := range c.Remedies {
		s.add("change", r.Place.Phrase()+": "+r.Do)
	}
	s.add("rules", strings.Join(c.Rules, ", "))
	by := byCause()[c.Key]
	s.add("checks", strings.Join(by.Checks, ", "))
	s.add("defects", strings.Join(by.Defects, ", "))
}
