package invariant

import (
	"cmp"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
)

// Rule is what must hold in each response that it is about.
type Rule struct {
	catalog.Check
	// judge looks at a response. applies is false if the rule is about others. broken is nil if the
	// rule holds.
	judge func(r *response, h *history) (applies bool, broken *breach)
}

// breach is how a response breaks a rule.
type breach struct {
	cause            string // replaces that of the rule, unless it is empty
	kind             fact.Kind
	attribute        string
	expected, actual string
}

// Rules returns all rules, sorted by id.
func Rules() []Rule {
	list := slices.Concat(errorRules(), bodyRules(), resourceRules(), identityRules(), timeRules(), secretRules(), formRules(), typeRules(), nameRules())
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

func rfc7644(section string) catalog.Basis {
	return catalog.Basis{Kind: catalog.RFC, Ref: "RFC 7644 section " + section, URL: "https://www.rfc-editor.org/rfc/rfc7644#section-" + section}
}

func rfc7643(section string) catalog.Basis {
	return catalog.Basis{Kind: catalog.RFC, Ref: "RFC 7643 section " + section, URL: "https://www.rfc-editor.org/rfc/rfc7643#section-" + section}
}
