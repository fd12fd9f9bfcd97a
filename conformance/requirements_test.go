package conformance_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
)

// TestRequirementsAreAsked holds the checks to the requirements: each one that an RFC makes a MUST is asked
// by a check, or left out here with a reason. A check that disappears fails here.
func TestRequirementsAreAsked(t *testing.T) {
	t.Parallel()
	asked, id := map[string]bool{}, regexp.MustCompile(`R-\d+`)
	for _, c := range suites.All() {
		for _, rule := range id.FindAllString(c.Rule, -1) {
			asked[rule] = true
		}
	}
	left := notAsked()
	all, met := 0, 0
	for _, name := range docs.Rules() {
		r, _ := docs.LookupRule(name)
		if r.Page != "requirements" {
			continue
		}
		must := slices.Contains(strings.FieldsFunc(r.Sure, func(c rune) bool { return c == '/' }), "M")
		reason, out := left[name]
		switch {
		case out && asked[name]:
			t.Errorf("%s is asked by a check and left out: %s", name, reason)
		case out && !must:
			t.Errorf("%s is left out and is no MUST", name)
		case must && !out && !asked[name]:
			t.Errorf("%s is neither asked by a check nor left out: %s", name, r.Text)
		case must && asked[name]:
			met++
		}
		if must {
			all++
		}
		delete(left, name)
	}
	for name := range left {
		t.Errorf("%s is left out and is no requirement", name)
	}
	t.Logf("%d of %d MUST requirements are asked; %d are left out", met, all, len(notAsked()))
}

// notAsked are the MUST requirements that no check asks, with the reason.
func notAsked() map[string]string {
	return byID(map[string]string{
		"how a client reads what a service says; the survey does":                                    "R-3",
		"no attribute of the schemas has this type":                                                  "R-5 R-6",
		"the value is the client's, and RFC 7643 leaves open which others a service refuses":         "R-38 R-42 R-43",
		"only the service knows whether a version is weak":                                           "R-29",
		"RFC 7643 says both that displayName of a group is required and that it is not":              "R-49",
		"checks send what is required, so that no other fault hides the answer":                      "R-57",
		"no attribute of the core schemas is of this kind, and the survey writes none":               "R-72",
		"a service may refuse what finds too much, and need not":                                     "R-96",
		"the only immutable attribute is the value of a member, and PUT replaces members as a whole": "R-109",
		"no client changes schemas of a resource by themselves":                                      "R-134",
		"the version stands in the URL that the caller gives":                                        "R-147",
		"the client of the run refuses older versions":                                               "R-151",
		"RFC 9865 is optional, and of it only the walk itself is asked":                              "R-176 R-177",
	})
}
