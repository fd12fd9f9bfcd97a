package suites

import (
	"cmp"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// specs returns all checks: those of every run, and those of one profile only.
func specs() []Spec {
	return slices.Concat(common(), validator(), gallery(), ipsie(), leavers(), okta(), oktaSuites(), onelogin(), clientForms())
}

// common returns the checks of every run, by resource and verb.
func common() []Spec {
	return slices.Concat(
		kept(), visible(), wanted(), usersGrid(), usersCreate(), usersRequired(), usersValues(), usersTexts(), usersUnique(), usersRename(), usersDisable(), usersReplace(), usersEverywhere(), usersBystanders(), usersEntra(), usersDelete(), usersUnknown(),
		usersPatch(), usersPatchGrid(), usersPatchLists(), usersPatchExtension(), usersManager(), usersRefusals(), again(), modified(),
		filters(), filtersTables(), filtersValues(), filtersFresh(), filtersGroups(), filtersGroupsTables(), lists(), searches(), pages(), pagesLimits(), projections(),
		groupsCreate(), groupsAttributes(), groupsRename(), groupsDelete(), groupsMembersAdd(), groupsMembersForms(), groupsAlike(), groupsMembersSeveral(), groupsMembersKeep(), groupsMembersRemove(), groupsMembersReplace(), groupsNested(),
		errorBodies(), authentication(), mediaTypes(), discovery(), bulk(), versions(), tenants(),
		orders(), repeating(races()), repeating(steadiness()), guesses(), ruled(),
	)
}

// Checks returns the checks of a run without a profile that selects others, sorted by id.
func Checks() []catalog.Check { return words(common()) }

// All returns all checks, also those that belong to one profile, sorted by id.
func All() []catalog.Check { return words(specs()) }

// Lists returns the checks that run published lists, with their assertions.
func Lists() []catalog.Check { return words(append(oktaSuites(), clientForms()...)) }

func words(list []Spec) []catalog.Check {
	out := make([]catalog.Check, len(list))
	for i, s := range list {
		out[i] = s.Check
	}
	slices.SortFunc(out, func(a, b catalog.Check) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// Lookup returns the check with the given id.
func Lookup(id catalog.ID) (catalog.Check, bool) {
	list := All()
	i := slices.IndexFunc(list, func(c catalog.Check) bool { return c.ID == id })
	if i < 0 {
		return catalog.Check{}, false
	}
	return list[i], true
}

// Unknown is the error of an id that no check has.
func Unknown(id string) error {
	var known []string
	for _, c := range All() {
		known = append(known, string(c.ID))
	}
	return nearest.Unknown("check", id, known, "`scimdrill conform --list` lists all checks")
}
