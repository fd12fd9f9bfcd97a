package explain

// accessCauses concern every object: nothing else can succeed.
func accessCauses() []Cause {
	return []Cause{
		{
			Key: Credentials, What: "The endpoint rejected the credentials.",
			Why:   "It responded with 401, or the token could not be obtained. After that, the job goes into quarantine.",
			Rules: []string{"E-20", "E-22", "A-37"},
			Remedies: []Remedy{
				{Entra, "Enter a new secret token under Provisioning > Admin credentials, and press Test Connection."},
				{Endpoint, "Accept the token for every method and path. Return 401 only for a missing, wrong or expired token."},
			},
		},
		{
			Key: Forbidden, What: "The endpoint refused the operation with 403.",
			Why:      "The token is valid, but its account may not do this, or a gateway blocked the request.",
			Rules:    []string{"A-37", "E-325"},
			Remedies: []Remedy{{Endpoint, "Give the account of the token the right to create, change, disable and delete users and groups. Let the gateway pass requests without User-Agent."}},
		},
		{
			Key: Unreachable, What: "The endpoint could not be reached.",
			Why:   "No valid HTTP response came: name, TLS certificate, proxy or connection failed.",
			Rules: []string{"E-325", "A-37"},
			Remedies: []Remedy{
				{Endpoint, "Serve a certificate of a public authority with its whole chain, and keep connections open until the response is complete."},
				{Entra, "Check the tenant URL under Provisioning > Admin credentials."},
			},
		},
		{
			Key: WrongPath, What: "The path of the request does not exist in the endpoint.",
			Why:   "A create got 404. /Users or /Groups is missing below the tenant URL.",
			Rules: []string{"A-37"},
			Remedies: []Remedy{
				{Entra, "Set the tenant URL to the SCIM base path, such as https://api.example.com/scim/v2."},
				{Endpoint, "Serve POST /Users, and POST /Groups if groups are mapped."},
			},
		},
		{
			Key: Redirected, What: "The endpoint redirected the request.",
			Why:      "Redirects are not followed.",
			Rules:    []string{"A-37"},
			Remedies: []Remedy{{Entra, "Enter the final URL as the tenant URL, with https and without a redirect."}},
		},
		{
			Key: License, What: "The application has no license left for the user.",
			Why:      "The application limits its users, and the limit is reached.",
			Rules:    []string{"E-325"},
			Remedies: []Remedy{{Endpoint, "Buy licenses, or free those of users who left."}, {Entra, "Assign fewer users to the application."}},
		},
	}
}

// refusalCauses are requests that the endpoint rejected.
func refusalCauses() []Cause {
	return []Cause{
		{
			Key: RefusedDisable, What: "The endpoint rejected the request that disables the user. The account stays active.",
			Why:   "Entra sends a PATCH with the op Replace and the string \"False\" for active, unless the flag aadOptscim062020 is set. Many endpoints reject the capital letter or the string.",
			Rules: []string{"A-10", "E-237", "W-58"},
			Remedies: []Remedy{
				{Endpoint, "Accept op in any letter case, and active as true, false, \"True\" and \"False\"."},
				{Entra, "Until then, append ?aadOptscim062020 to the tenant URL. Disable the account by hand now."},
			},
		},
		{
			Key: RefusedMembers, What: "The endpoint rejected a change of the group or of its members.",
			Why:   "Entra sends PATCH /Groups/{id} with the op Add or Remove, path members, and a list of values.",
			Rules: []string{"E-262", "A-23", "A-37"},
			Remedies: []Remedy{
				{Endpoint, "Accept Add and Remove in any letter case, one or several members, and members that already exist."},
			},
		},
		{
			Key: RefusedUpdate, What: "The endpoint rejected the change of an object.",
			Why:   "It responded with an error to PATCH. The response says which attribute or path it does not accept.",
			Rules: []string{"A-37", "W-107"},
			Remedies: []Remedy{
				{Endpoint, "Accept op in any letter case and the paths that Entra sends. Ignore attributes that you do not store."},
				{Mapping, "Remove the attribute that the response names, or map an attribute that the endpoint has."},
			},
		},
		{
			Key: RefusedCreate, What: "The endpoint rejected the new object.",
			Why:   "It responded with an error to POST. The response says which attribute it does not accept, or which one it needs.",
			Rules: []string{"A-37", "E-325"},
			Remedies: []Remedy{
				{Endpoint, "Require only userName (displayName of groups). Ignore attributes that you do not store, and accept null and empty lists."},
				{Mapping, "Map what the endpoint requires, with a default value. Remove what it does not know."},
			},
		},
		{
			Key: RefusedDelete, What: "The endpoint rejected the deletion.",
			Why:      "It responded with an error to DELETE, so the object is still there.",
			Rules:    []string{"E-216", "A-17"},
			Remedies: []Remedy{{Endpoint, "Return 204 for a DELETE, also of a disabled user, and 404 if the object is already gone."}},
		},
		{
			Key: Refused, What: "The endpoint rejected the request as wrong.",
			Why:      "The response says what it does not accept. The log gives this code to every status 400 and 422.",
			Rules:    []string{"A-37", "E-325"},
			Remedies: []Remedy{{Endpoint, "Accept what Entra sends, or say in detail what is wrong."}, {Mapping, "Remove or correct the attribute that the response names."}},
		},
		{
			Key: Filtering, What: "The endpoint rejected the query that looks for the object.",
			Why:   "Before a create, Entra sends GET with a filter such as userName eq \"ada\". Any error to it fails the object.",
			Rules: []string{"E-95", "E-101", "E-242"},
			Remedies: []Remedy{
				{Endpoint, "Support eq filters on every matching attribute: userName, externalId, displayName of groups."},
				{Mapping, "Match by an attribute that the endpoint can filter."},
			},
		},
		{
			Key: Domain, What: "The application does not accept the mail domain.",
			Why:      "The domain of the user name or address is not verified in the application.",
			Rules:    []string{"E-325"},
			Remedies: []Remedy{{Endpoint, "Verify the domain in the application."}, {Mapping, "Map the user name to an address whose domain is verified."}, {Entra, "Exclude users of other domains with a scoping filter."}},
		},
		{
			Key: Method, What: "The endpoint does not support the method.",
			Why:      "It responded with 405 or 501. Entra updates only by PATCH, and deletes by DELETE.",
			Rules:    []string{"A-37", "E-325"},
			Remedies: []Remedy{{Endpoint, "Serve GET, POST, PATCH and DELETE for users and groups."}, {Mapping, "Switch off the action that the endpoint does not support (Update, Delete)."}},
		},
		{
			Key: MediaType, What: "The endpoint rejected the type of the content.",
			Why:      "Entra sends application/scim+json; charset=utf-8 and no User-Agent.",
			Rules:    []string{"A-37"},
			Remedies: []Remedy{{Endpoint, "Accept application/scim+json and application/json, with any parameters, and requests without Accept."}},
		},
		{
			Key: TooLarge, What: "The request is larger than the endpoint accepts.",
			Why:      "It responded with 413.",
			Rules:    []string{"A-37"},
			Remedies: []Remedy{{Endpoint, "Raise the limit of the body, and that of the gateway in front."}},
		},
	}
}

// responseCauses are endpoints that do not work, or whose responses cannot be read.
func responseCauses() []Cause {
	return []Cause{
		{
			Key: ServerError, What: "The endpoint failed with a server error.",
			Why:      "It responded with 5xx. The service repeats the operation in the next cycle, then after 6, 12 and 24 hours, then daily for 28 days.",
			Rules:    []string{"E-235", "E-237", "A-2"},
			Remedies: []Remedy{{Endpoint, "Find the request in the log of the endpoint at that time. Return 4xx with a reason if the request is wrong."}},
		},
		{
			Key: Timeout, What: "The endpoint did not respond in time.",
			Why:      "The service waits about a minute. The operation may have taken effect, and the next cycle finds out.",
			Rules:    []string{"A-24", "E-236"},
			Remedies: []Remedy{{Endpoint, "Respond before slow work such as sending mails. Index the attributes that are filtered."}},
		},
		{
			Key: Throttled, What: "The endpoint throttles the service.",
			Why:      "It responded with 429. The objects are repeated in the next cycle.",
			Rules:    []string{"E-241", "A-21"},
			Remedies: []Remedy{{Endpoint, "Permit at least 25 requests a second for the service."}},
		},
		{
			Key: Unreadable, What: "The response of the endpoint is not SCIM.",
			Why:      "The status was a success, but the body is not what SCIM defines: no JSON, no id, no list, or several objects.",
			Rules:    []string{"A-30", "A-37"},
			Remedies: []Remedy{{Endpoint, "Return a ListResponse for queries, and the resource with its id for reads and creates, as application/scim+json."}},
		},
		{
			Key: EmptySearch, What: "The endpoint responds with 404 to a query without matches.",
			Why:      "Entra looks for the object before it creates it. It expects 200 and an empty list.",
			Rules:    []string{"E-21", "E-95", "A-37"},
			Remedies: []Remedy{{Endpoint, "Return 200 with totalResults 0 and an empty list."}},
		},
		{
			Key: SeveralEntries, What: "The endpoint returned several objects for one id.",
			Why:      "A read by id must return one resource, and a filter by a unique attribute at most one.",
			Rules:    []string{"E-96", "A-37"},
			Remedies: []Remedy{{Endpoint, "Return exactly the resource of the URL. Evaluate the filter: eq is not contains."}},
		},
		{
			Key: Internal, What: "The service itself failed.",
			Why:      "The error is on Microsoft's side. It is repeated automatically.",
			Rules:    []string{"E-325"},
			Remedies: []Remedy{{Entra, "Wait for the next cycle. If it stays, open a support request with the ids of the cycle and the change."}},
		},
	}
}
