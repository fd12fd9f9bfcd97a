package catalog

// nesting are checks of groups in groups, which a target may refuse.
func nesting() []Check {
	return []Check{
		{
			ID: "MEM-036", Level: Should, Basis: rfc7643("2.4"), Rule: "R-18", Cause: "nesting",
			Title: "lists a group once in the groups of a user who is in it by two ways",
			Why:   "Who counts seats or rights by these groups counts them twice.",
			Fix:   "Collect the groups of a user in a set.",
		},
		{
			ID: "MEM-037", Level: Must, Basis: rfc7644("3.4.1"), Rule: "R-161", Cause: "nesting", Needs: []string{Patch},
			Title: "reads two groups that are members of each other, or refuses to make them so",
			Why:   "A read that never ends is a time-out to Entra, which asks again, and each time holds one of your workers.",
			Fix:   "Remember which groups were looked at on the way up or down, or refuse the member that closes the ring.",
		},
	}
}
