package catalog

// nesting are the checks of nested groups, which a target may reject.
func nesting() []Check {
	return []Check{
		{
			ID: "MEM-036", Level: Should, Basis: rfc7643("2.4"), Rule: "R-18", Cause: "nesting",
			Title: "lists a group only once for a user who belongs to it in two ways",
			Why:   "Otherwise, seats or rights counted by group are counted twice.",
			Fix:   "Collect a user's groups in a set.",
		},
		{
			ID: "MEM-037", Level: Must, Basis: rfc7644("3.4.1"), Rule: "R-161", Cause: "nesting", Needs: []string{Patch},
			Title: "reads two groups that contain each other, or rejects the second membership",
			Why:   "Entra treats an endless read as a time-out and retries it. Each attempt ties up one of your workers.",
			Fix:   "Track visited groups on the way up or down, or reject the membership that closes the loop.",
		},
	}
}
