package catalog

// tenants are the checks that tenants of a service are isolated from each other.
func tenants() []Check {
	return []Check{
		{
			ID: "HTP-013", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Title: "does not return another tenant's user or group by id",
			Why:   "Ids appear in logs and tickets. With one of them, a customer could read another customer's users.",
			Fix:   "Look up resources by tenant and id, with the tenant taken from the token. Return 404 for another tenant's resource.",
		},
		{
			ID: "HTP-014", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants", Needs: []string{Filter},
			Title: "does not return another tenant's users or groups in queries",
			Why:   "Entra takes a filter match for its own user and then changes the other customer's user.",
			Fix:   "Add the tenant of the token to every query, filtered or not, before anything else.",
		},
		{
			ID: "HTP-015", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Title: "does not let a tenant change or delete another tenant's user",
			Why:   "One customer could disable another customer's users.",
			Fix:   "Look up resources by tenant and id in PATCH, PUT and DELETE, as in GET. Return 404.",
		},
	}
}
