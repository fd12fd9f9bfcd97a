package explained

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// defectOf finds a defect of the target by its id or an alias. What it says is on the page of
// defects, too.
func defectOf(id string) (subject, bool) {
	for _, d := range target.Catalog() {
		if !strings.EqualFold(d.ID, id) && !slices.ContainsFunc(d.Aliases, func(a string) bool { return strings.EqualFold(a, id) }) {
			continue
		}
		s := subject{ID: d.ID, Kind: "defect (" + d.Severity + ", " + d.Class + ")", Title: d.Title}
		s.add("also", strings.Join(d.Aliases, ", "))
		for i, killer := range d.Killers {
			c, _ := suites.Lookup(catalog.ParseID(killer))
			if i == 0 {
				s.add("why", c.Why)
				s.add("fix", c.Fix)
			}
			s.add("found by", string(c.ID)+": "+c.Title)
		}
		s.add("only warns", d.Warns)
		for _, source := range d.Sources {
			s.add("source", source)
		}
		try := "scimdrill target --defect " + d.ID
		if d.Tenants {
			try += " --tenant contoso --tenant fabrikam"
		}
		s.add("try", try)
		s.docs("why/defects", d.ID)
		return s, true
	}
	return subject{}, false
}

// variantOf finds a variant of the target, which is as right as the target without it.
func variantOf(id string) (subject, bool) {
	for _, v := range target.Variants() {
		if !strings.EqualFold(v.ID, id) {
			continue
		}
		s := subject{ID: v.ID, Kind: "variant that the RFCs permit", Title: v.Title}
		s.add("rules", strings.Join(v.Rules, ", "))
		s.add("against", strings.Join(v.Against, ", "))
		s.add("why", v.Why)
		s.add("try", "scimdrill target --variant "+v.ID)
		s.docs("reference/variants", v.ID)
		return s, true
	}
	return subject{}, false
}
