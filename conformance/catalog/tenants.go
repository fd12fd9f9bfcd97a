package catalog

// tenants are checks of what one tenant of a service sees of another one.
func tenants() []Check {
	return []Check{
		{
			ID: "HTP-013", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Title: "shows nobody a user or group of another tenant by its id",
			Why:   "Ids stand in logs and tickets; with one of them a customer reads the people of another.",
			Fix:   "Look a resource up by tenant and id, the tenant taken from the token, and answer 404 for what is another's.",
		},
		{
			ID: "HTP-014", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants", Needs: []string{Filter},
			Title: "finds for nobody a user or group of another tenant",
			Why:   "Entra takes whom its filter finds for its own user, and from then on changes the one of the other customer.",
			Fix:   "Put the tenant of the token into every query, filtered or not, before anything else.",
		},
		{
			ID: "HTP-015", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Title: "lets nobody change or delete a user of another tenant",
			Why:   "One customer could disable the people of another.",
			Fix:   "Look a resource up by tenant and id in PATCH, PUT and DELETE as in GET, and answer 404.",
		},
	}
}
