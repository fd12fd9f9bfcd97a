package explained

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/explain"
)

// About keeps the explanations about one object: by name, user name or id, in any letter case.
func About(list []explain.Explanation, name string) []explain.Explanation {
	var out []explain.Explanation
	for i := range list {
		x := &list[i]
		names := []string{x.Name(), x.Account(), x.Entry.SourceIdentity.ID, x.Entry.TargetIdentity.ID}
		for _, d := range x.Entry.SourceIdentity.Details {
			names = append(names, d.Value)
		}
		for _, s := range x.Entry.ProvisioningSteps {
			names = append(names, s.Details.Get("ReportableIdentifier"))
		}
		if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) }) {
			out = append(out, *x)
		}
	}
	return out
}
