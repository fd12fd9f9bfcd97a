package catalog

import (
	"slices"

	"github.com/scimdrill/scimdrill/reports/severity"
)

// Cause is a root cause that findings of several checks may share. Title says what is wrong
// with the target, and Fix tells its developer how to correct it.
type Cause struct {
	Key        string
	Severity   severity.Severity
	Title, Fix string
}

// LookupCause returns the cause with the given key.
func LookupCause(key string) (Cause, bool) {
	list := Causes()
	i := slices.IndexFunc(list, func(c Cause) bool { return c.Key == key })
	if i < 0 {
		return Cause{}, false
	}
	return list[i], true
}

// Causes returns all causes, sorted by key.
func Causes() []Cause {
	return []Cause{
		{"accept", severity.Stops, "reads fail with a common Accept header", "Serve application/scim+json for application/scim+json, application/json, */* and a missing Accept header."},
		{"active-ignored", severity.Access, "PATCH does not disable a user", "Apply active like every other attribute, alone and beside others, as a Boolean and as the strings \"True\" and \"False\"."},
		{"address-parts", severity.Loss, "parts of one address become several addresses", "Look for the element again before each operation of a PATCH, in what the operations before have made."},
		{"announced-bulk", severity.Untidy, "the announcement of bulk requests is wrong", "Set bulk.supported to match what the service supports."},
		{"announced-etag", severity.Untidy, "the announcement of entity tags is wrong", "Set etag.supported to match what the service supports."},
		{"announced-filter", severity.Untidy, "the announcement of filters is wrong", "Set filter.supported to match what the service supports."},
		{"announced-patch", severity.Untidy, "the announcement of PATCH is wrong", "Set patch.supported to match what the service supports."},
		{"atomicity", severity.Loss, "a failed PATCH is partly applied", "Apply all operations to a copy. Store the copy only when every operation succeeded."},
		{"authentication", severity.Access, "requests without a token are let in", "Check the token before the route, for every method of every endpoint."},
		{"boolean-type", severity.Wrong, "Booleans are returned as strings or numbers", "Write true and false without quotes, whatever the database stores."},
		{"broken-json", severity.Wrong, "a body that is not JSON is not rejected with 400", "Parse the body before anything else. Return 400 with scimType invalidSyntax."},
		{"broken-json-keyword", severity.Untidy, "the error about a broken body lacks invalidSyntax", "Set scimType to invalidSyntax in the 400 for a body that cannot be parsed."},
		{"bulk-errors", severity.Loss, "bulk requests stop or go on at the wrong operation", "Count the errors. Stop only when failOnErrors is reached."},
		{"bulk-references", severity.Loss, "references by bulkId are lost", "Replace every bulkId with the id of the created resource, or return an error for the operation."},
		{"bulk-results", severity.Wrong, "results of a bulk request do not match its operations", "Return an entry with the status of each operation, as the single request would have it."},
		{"canonical-types", severity.Untidy, "/Schemas does not list the types of e-mails, telephones and addresses", "Publish canonicalValues for every type that you support."},
		{"client-form", severity.Wrong, "a known request of another client is not handled", "Handle the request that the finding names."},
		{"client-id", severity.Wrong, "clients can set attributes that only the target may set", "Ignore id and meta in client requests. Generate your own values."},
		{"coerced", severity.Wrong, "strings are converted into other types or values", "Store strings as strings, whatever they look like."},
		{"comes-back", severity.Access, "a new user gets what a deleted user had", "Remove everything of a user on DELETE. Start a new user with nothing."},
		{"concurrency", severity.Loss, "concurrent requests interfere with each other", "Let the database decide: use unique indexes, and one lock around each read and write-back."},
		{"core-urn", severity.Loss, "paths with the core schema URN are not understood", "Strip urn:ietf:params:scim:schemas:core:2.0:User: from paths before you look them up."},
		{"count-ignored", severity.Wrong, "count is ignored", "Return at most count resources."},
		{"create", severity.Loss, "users are not created as they were sent", "Store every attribute of POST /Users that your schema defines. Return 201 with the resource as stored."},
		{"create-status", severity.Untidy, "a create does not return 201", "Return 201 with the new resource and its Location."},
		{"created-moves", severity.Untidy, "the date of creation changes", "Store the time of the create, and return it unchanged."},
		{"delete", severity.Access, "deleted resources do not disappear", "On DELETE, remove the object from reads, queries and references. Return 204, and 404 from then on."},
		{"delete-status", severity.Untidy, "DELETE does not return 204", "Return 204 without a body for a DELETE that succeeded."},
		{"delete-users", severity.Access, "deleted users do not disappear", "On DELETE, remove the user from reads, queries and groups. Return 204, and 404 from then on."},
		{"deleted-listed", severity.Access, "deleted users are still in the list of all users", "Leave deleted users out of every query, with a filter and without one."},
		{"discovery-by-id", severity.Untidy, "schemas or resource types cannot be read one by one", "Serve /Schemas/{urn} and /ResourceTypes/{name} for each entry of the lists."},
		{"discovery-filter", severity.Untidy, "discovery endpoints accept filters", "Return 403 for a filter on /ServiceProviderConfig, /ResourceTypes and /Schemas."},
		{"discovery-form", severity.Untidy, "discovery endpoints do not return a ListResponse", "Return the entries of /Schemas and /ResourceTypes in Resources of a ListResponse."},
		{"echo", severity.Wrong, "responses to writes differ from the next read", "Build the response from the stored resource, with the code that reads use."},
		{"empty-objects", severity.Untidy, "attributes without a value are returned as empty objects", "Omit complex attributes and extensions without values."},
		{"empty-search", severity.Stops, "a search without matches is answered with an error", "Return 200 with an empty list and totalResults 0."},
		{"encoding", severity.Loss, "strings change when they are stored or returned", "Treat strings as opaque UTF-8 from the JSON parser to the database and back."},
		{"envelope", severity.Blocks, "list responses have the wrong form", "Return schemas, totalResults as a number, itemsPerPage, startIndex and Resources, spelled exactly so."},
		{"error-detail", severity.Untidy, "the detail of an error is not a string", "Return detail as a string that a person can read."},
		{"error-empty", severity.Untidy, "errors have no body", "Return a SCIM error object with every error status."},
		{"error-format", severity.Untidy, "the body of an error is not a SCIM error", "Build all errors in one place: the SCIM error schema, status and detail as strings, scimType only from RFC 7644 table 9."},
		{"error-format-outer", severity.Untidy, "errors of the router or the authentication are not SCIM errors", "Let the authentication and the router return SCIM errors too."},
		{"error-keyword", severity.Untidy, "scimType has values that RFC 7644 does not define", "Use a keyword from RFC 7644 table 9, or omit scimType and put the rest in detail."},
		{"error-member", severity.Untidy, "the status in errors is not the HTTP status as a string", "Return status as a string, such as \"404\", equal to the status of the response."},
		{"error-status", severity.Untidy, "a wrong request is rejected with the wrong status", "Use the status that RFC 7644 section 3.12 names for the error."},
		{"error-text", severity.Untidy, "errors are text or HTML instead of JSON", "Return a SCIM error object for every error, also those of the framework."},
		{"expectations", severity.Untidy, "the expectations file is out of date", "Remove entries for checks that now pass. Give entries that still fail a new date and a reason for it."},
		{"extension", severity.Loss, "enterprise extension attributes are lost", "Treat everything up to the last colon as the schema URN. Store the values in the object of that URN."},
		{"extension-merge", severity.Loss, "writing one extension attribute without a path loses the others", "If the value of a URN key is an object, write its attributes and keep the others of that schema."},
		{"extension-unlisted", severity.Wrong, "schemas does not list the extensions of a resource", "Add the URN of each extension with values to schemas."},
		{"external-id", severity.Stops, "externalId is not returned as it was sent", "Store externalId as an opaque, case-sensitive string and return it."},
		{"external-id-case", severity.Wrong, "externalId is compared without letter case", "Compare externalId exactly. It is case-sensitive (RFC 7643 section 3.1)."},
		{"filter", severity.Loss, "a user is not found by userName, or not alone", "Parse and evaluate the filter. Return 200 with only the matches."},
		{"filter-and", severity.Stops, "filters with and are not supported", "Support and between comparisons. Entra uses eq and and."},
		{"filter-attributes", severity.Loss, "filters work for some attributes only", "Parse and evaluate filters on every attribute that a tenant may match by. Return only the matches."},
		{"filter-exact", severity.Loss, "a filter with eq finds resources whose value only resembles the one in the filter", "Compare the whole value. Escape _ and % in LIKE patterns."},
		{"filter-groups", severity.Loss, "groups are not found by filter, or not alone", "Apply filters on displayName and externalId to groups as to users."},
		{"filter-id", severity.Wrong, "a filter on id finds the wrong resources", "Support id in filters, or return 400 invalidFilter."},
		{"filter-invalid", severity.Loss, "an invalid filter is not rejected", "Return 400 invalidFilter when a filter cannot be parsed. Never fall back to all resources."},
		{"filter-logic", severity.Loss, "conditions of a filter are combined wrongly", "Evaluate and, or, not and parentheses by the grammar of RFC 7644, or return 400 invalidFilter."},
		{"filter-mail", severity.Wrong, "users cannot be found by their work e-mail", "Support emails[type eq \"work\"].value eq \"…\", or tell customers to match by userName only."},
		{"filter-manager", severity.Wrong, "a filter on manager finds the wrong users", "Compare manager in a filter with the id of the manager."},
		{"filter-members", severity.Loss, "filters on members do not find the right groups", "Support members in group filters, alone and with and."},
		{"filter-null", severity.Wrong, "a filter that compares with null or an empty string is ignored", "Compare null and the empty string like any other value, or return 400 invalidFilter."},
		{"filter-operators", severity.Loss, "operators other than eq find the wrong resources", "Implement each operator as RFC 7644 table 3 says, or return 400 invalidFilter."},
		{"filter-paths", severity.Loss, "filters on sub-attributes, list elements or names with a URN do not work", "Resolve every form of a path in filters, or return 400 invalidFilter."},
		{"filter-stale", severity.Loss, "queries do not see the latest writes", "Update indexes and drop cached results with each write."},
		{"filter-types", severity.Wrong, "values in filters are not compared by their type", "Compare Booleans as Booleans, dates as instants and numbers as numbers."},
		{"filter-values", severity.Stops, "special characters in filter values are misread", "Decode the query once, and parse the value as a JSON string."},
		{"forged-token", severity.Access, "a forged token lets anyone in", "Verify signature, issuer, audience and expiry of each JSON Web Token."},
		{"formats", severity.Stops, "values are rejected that no schema forbids", "Reject only what /Schemas forbids. Each country has its own formats."},
		{"group-attributes", severity.Loss, "attributes of groups are not changed as sent", "Let POST, PUT and PATCH write displayName and externalId of groups alike, with a path and without one."},
		{"group-comes-back", severity.Access, "a new group gets what a deleted group had", "Remove everything of a group on DELETE. Start a new group with what the create sends."},
		{"group-letter-case", severity.Stops, "a rename that only changes the letter case fails", "Leave the group itself out when you look for its new name."},
		{"group-location", severity.Untidy, "the Location of a new group does not lead to it", "Return the URL of the new group in Location."},
		{"group-names", severity.Stops, "groups cannot be identified by name", "Keep displayName of groups unique, return 409 for a duplicate, and support it in filters."},
		{"group-names-mixed", severity.Loss, "a rename to a taken name is partly applied", "Check displayName before you write, and return 409 uniqueness."},
		{"group-names-similar", severity.Stops, "groups with similar names are taken for the same", "Compare whole names, without patterns."},
		{"group-put-same", severity.Stops, "a group cannot be written back as it was read", "Ignore read-only attributes in PUT, and accept members that are there already."},
		{"group-schemas", severity.Stops, "groups with a second schema URN are rejected", "Ignore unknown schema URNs."},
		{"group-touches-users", severity.Access, "writing or deleting a group changes users", "Do not touch any user when a group is written or deleted."},
		{"group-unknown", severity.Wrong, "requests for a group that does not exist do not return 404", "Look up the group before GET, PATCH, PUT and DELETE, and return 404."},
		{"hundred", severity.Stops, "only the first 100 resources are found", "Filter and count in the database before you cut a page."},
		{"id-again", severity.Wrong, "a new user gets the id of a deleted one of the same name", "Create a new user with an id of its own, and with nothing of the deleted one."},
		{"id-reused", severity.Access, "the id of one resource is given to another", "Generate ids that are never used again, such as random UUIDs."},
		{"id-shared", severity.Wrong, "a user and a group have the same id", "Draw the ids of all resource types from one set, such as UUIDs."},
		{"id-type", severity.Stops, "ids are returned as numbers instead of strings", "Write id, and value of references, as JSON strings."},
		{"ids", severity.Stops, "the id of a user differs from response to response", "Return the stored id unchanged in create, read, list and update."},
		{"inactive-users", severity.Access, "inactive users are hidden or lost", "Treat active like any other attribute in reads, queries and updates. Only sign-in depends on it."},
		{"invalid-path", severity.Wrong, "an invalid path of PATCH is not rejected", "Parse the path first. If that fails, return 400, preferably with scimType invalidPath."},
		{"json-media", severity.Untidy, "application/json is not accepted", "Accept application/json like application/scim+json."},
		{"key-order", severity.Stops, "the order of attributes in a request matters", "Parse the whole object before you read schemas."},
		{"lag", severity.Untidy, "reads lag behind writes", "Let each read and query show a write as soon as it is confirmed. The checks waited for it; --settle TIME lets them wait longer."},
		{"leaver-access", severity.Access, "a leaver keeps access", "End sessions and keys when a user is disabled or deleted. Look at the account again on each request."},
		{"letter-case", severity.Stops, "values are compared case-sensitively where case must not matter", "Fold case on both sides for userName, in filters and in uniqueness checks."},
		{"letter-case-names", severity.Wrong, "attribute names are compared case-sensitively", "Look up attribute names and paths case-insensitively."},
		{"letter-case-op", severity.Blocks, "PATCH op is accepted in lower case only", "Fold the case of op before you compare it. Entra sends Add, Replace and Remove."},
		{"lists", severity.Wrong, "resources in lists differ from reads by id", "Serialize resources with one function, for lists and for single responses."},
		{"lists-add", severity.Loss, "adding to a list changes what is in it", "On add, append the elements that are not in the list yet. Leave the others and their primary flag alone."},
		{"location", severity.Wrong, "Location does not lead to the new resource", "Build Location and meta.location from the base URL of the request."},
		{"manager", severity.Loss, "the manager is not stored or returned as Entra needs it", "Read the bare id that Entra sends as manager.value. Return an object with value under the enterprise URN."},
		{"manager-clear", severity.Loss, "the manager cannot be removed as Entra does it", "Treat an empty manager, and a remove with a value filter, as a remove of the manager."},
		{"manager-deleted", severity.Loss, "people are deleted or changed with their manager", "On DELETE, remove the user alone. Clear references to it, or keep them."},
		{"manager-unknown", severity.Stops, "an unknown manager stops the update of a user", "Store the reference or ignore it. Never reject the user."},
		{"me", severity.Wrong, "/Me returns something else than the own user", "Return 501 if you do not support /Me. Otherwise return the user of the credentials."},
		{"media-type", severity.Untidy, "responses have the wrong media type", "Set Content-Type: application/scim+json on every response with a body, including errors."},
		{"members-absent", severity.Stops, "removing somebody who is not a member has the wrong result", "Return success or 400 noTarget, and change nothing."},
		{"members-add", severity.Access, "adding members has the wrong result", "On add, insert members that are not in the group yet. Do not touch the others."},
		{"members-again", severity.Access, "a removed member cannot be added again", "Forget a member when it is removed, or restore it on add."},
		{"members-answer", severity.Wrong, "responses to writes of groups differ from reads", "Build the response from the group as it is stored, with the code of GET."},
		{"members-batch", severity.Stops, "large changes of members in one operation fail", "Accept as many members in one operation as a group can hold, or document the limit."},
		{"members-conditions", severity.Access, "conditions of a member filter are not evaluated as a whole", "Evaluate the whole filter of a path, or return 400 invalidFilter."},
		{"members-dangling", severity.Access, "deleted members stay in groups, or take others with them", "Remove the memberships of what is deleted, and nothing else."},
		{"members-excluded", severity.Access, "members that a request excludes from the response are lost", "Apply excludedAttributes to the response only, on a copy of the group."},
		{"members-hidden", severity.Access, "members of a group are never shown", "Return members for GET /Groups/{id}, with the id of each member as value."},
		{"members-in-order", severity.Access, "operations of one PATCH on members are not applied in order", "Apply each operation to the result of the previous one, adds and removals alike."},
		{"members-in-place", severity.Access, "a member can be turned into another one in place", "Return 400 mutability for a change to value, $ref or type of a member."},
		{"members-in-turn", severity.Access, "a change of members does another thing in another state of the group", "Apply each form of a change alike, whether the group is empty or full, and to this group only."},
		{"members-large", severity.Access, "large groups lose members", "Never rewrite members from one page of the list."},
		{"members-lost", severity.Access, "adding members removes others", "On add, insert members that are not in the group yet. Never replace the list."},
		{"members-lost-with-one", severity.Access, "a deleted user takes groups or other members along", "On DELETE of a user, remove its own memberships only. Do not delete or clear a group."},
		{"members-of-changed", severity.Access, "a change of a user costs it its memberships", "Refer to members by id, and leave groups alone when you write a user."},
		{"members-of-disabled", severity.Access, "disabling a user costs it its memberships", "Change only active. Let sign-in depend on it, not the membership."},
		{"members-of-others", severity.Access, "a change of one group changes the members of another", "Store a membership with the id of its group and of its member."},
		{"members-of-user", severity.Wrong, "a user's groups do not follow the groups", "Compute groups of a user from the members of the groups, at the time of the read."},
		{"members-pathless", severity.Access, "members in a value without a path are not understood", "Treat the key members of a value without a path like the path members."},
		{"members-post", severity.Loss, "POST /Groups does not keep the members of a new group", "Store members of POST /Groups, or reject them with 400."},
		{"members-refused", severity.Stops, "valid changes of members are rejected", "Accept members with a list of values, alone or with display, type and $ref, on add, remove and replace."},
		{"members-remove", severity.Access, "removing members has the wrong result", "On remove, remove exactly the members that the value list or the filter names."},
		{"members-removed-others", severity.Access, "a removal removes members that it does not name", "On remove, remove exactly the members that the value list or the filter names."},
		{"members-replace", severity.Access, "replacing members leaves the wrong members", "On replace and on PUT, set the list to exactly what was sent."},
		{"members-unknown", severity.Access, "unknown members are dropped or stored in silence", "Return an error for an unknown member id, and name it."},
		{"meta", severity.Untidy, "meta is missing or incomplete", "Return meta with resourceType, created, lastModified and location for every resource."},
		{"meta-location", severity.Untidy, "meta.location does not lead to the resource", "Build meta.location from the base URL of the request and the id."},
		{"modified-by-reads", severity.Untidy, "meta.lastModified moves without a change", "Set meta.lastModified when a resource changes, not when it is returned."},
		{"modified-never", severity.Wrong, "meta.lastModified does not move with a change", "Set meta.lastModified with every write that changes the resource."},
		{"multi-valued", severity.Loss, "multi-valued attributes hold only one value", "Store every element of a list. Use type to tell the elements apart."},
		{"name-parts", severity.Loss, "changing one part of the name loses the others", "Merge the given sub-attributes into the complex value."},
		{"nested-members", severity.Access, "nested groups are mixed up with their members", "Treat a nested group as one member, in both directions."},
		{"nesting", severity.Wrong, "nested groups are not handled safely", "Track visited groups when you walk up or down nested groups."},
		{"no-delete", severity.Stops, "users cannot be deleted", "Implement DELETE /Users/{id}. Entra deletes a user 30 days after it left the directory, and repeats a request that fails."},
		{"no-discovery", severity.Untidy, "a discovery endpoint is missing", "Serve /ServiceProviderConfig, /ResourceTypes and /Schemas."},
		{"no-groups", severity.Stops, "groups cannot be created", "Implement POST /Groups. Entra creates every group empty and adds members later."},
		{"no-id", severity.Blocks, "new resources have no id", "Return the new resource with its id, or a Location header that ends with the id."},
		{"no-list", severity.Blocks, "collections cannot be listed", "Return 200 and a ListResponse for GET /Users and GET /Groups without a filter."},
		{"no-members", severity.Stops, "members cannot be added to a group", "Implement PATCH /Groups/{id} with add and a list of members."},
		{"no-operations", severity.Untidy, "a PATCH without operations is an error of the server", "Return 400 invalidSyntax, or return 204 and do nothing."},
		{"no-patch", severity.Blocks, "users cannot be changed by PATCH", "Implement PATCH for users and groups. Entra updates only by PATCH and never falls back to PUT."},
		{"no-put", severity.Wrong, "users cannot be replaced by PUT", "Implement PUT /Users/{id}: replace the values of the resource and return it."},
		{"no-read", severity.Blocks, "new resources cannot be read", "Return the resource for GET with the id of the create."},
		{"no-resource-type", severity.Blocks, "a declared resource type is not served", "Serve the endpoint of each resource type that /ResourceTypes or /Schemas lists, or do not list it."},
		{"no-user-name", severity.Wrong, "users without a userName are accepted", "Return 400 for a missing, null or empty userName, in POST and in PUT."},
		{"no-users", severity.Blocks, "users cannot be created", "Implement POST /Users for a user with userName, name, e-mail and externalId. Until then, most checks cannot run."},
		{"not-kept", severity.Loss, "announced attributes are not kept", "Store and return every attribute that /Schemas lists, or do not list it."},
		{"not-mapped", severity.Untidy, "attributes of Entra's default mapping are not kept", "Store the attributes, or tell customers which mappings to remove."},
		{"not-required", severity.Stops, "attributes are demanded that no schema requires", "Demand only userName, or mark the other attributes as required in /Schemas."},
		{"null-values", severity.Wrong, "null and empty lists are not treated as absent", "Treat null and [] like a missing attribute, in every request and at any depth."},
		{"okta-connection", severity.Blocks, "Okta's connection test fails", "Return 200 with a ListResponse and numbers for the first page of users and of groups, without a filter and without attributes."},
		{"okta-dead-end", severity.Stops, "Okta cannot create a user whom its query does not find", "Refuse a create by userName only, or let the query by userName find the account that is in the way."},
		{"okta-empty-create", severity.Stops, "a create returns no user", "Return the new user with its id in the response to POST."},
		{"okta-password", severity.Wrong, "Okta's change of a password fails", "Store password from a PATCH, or set changePassword.supported to false."},
		{"okta-past-end", severity.Wrong, "the page behind the last user is not an empty list", "Return 200 with an empty list, itemsPerPage 0 and the right totalResults."},
		{"okta-suite", severity.Wrong, "assertions of a list that Okta publishes fail", "Correct the responses that the findings name. Only Okta's own run of the list counts."},
		{"okta-unknown-member", severity.Stops, "an unknown member makes a push fail, and nobody learns which one", "Name the unknown id in the detail of the error, or ignore it and add the others."},
		{"old-name", severity.Stops, "the old name of a renamed user stays in use", "Update every index and cache in the transaction of the rename."},
		{"onelogin-no-name", severity.Stops, "a create returns no id or no names", "Return the whole user in the response to POST, with id, name.givenName and name.familyName."},
		{"onelogin-object", severity.Stops, "emails as an object make a create fail without a reason", "Take the object for a list of one, or return 400 with a detail."},
		{"onelogin-status", severity.Access, "an update without active changes the status", "Keep active where a PUT does not name it."},
		{"onelogin-v1", severity.Access, "a PATCH of SCIM 1.1 succeeds and does nothing", "Return 400 invalidSyntax for a PATCH without Operations."},
		{"optional", severity.Wrong, "an announced feature does not work", "Implement what /ServiceProviderConfig announces, or announce that it is not supported."},
		{"order", severity.Loss, "the outcome of a request depends on the requests before it", "Repeat the numbered requests, and look for what the service remembers of earlier ones: a cache, a flag, an index or an old copy."},
		{"others-changed", severity.Loss, "a request changes other users than the one that it names", "Select what a request changes by its id alone, never by a part of a name or by a value that others share."},
		{"own-name", severity.Stops, "the userName that a user has counts as taken", "Exclude the user itself when you check for conflicts."},
		{"paging", severity.Wrong, "pages contain the wrong resources", "Count startIndex from 1, never return more than count, and report the true total in totalResults."},
		{"paging-beyond", severity.Wrong, "a page beyond the end contains resources", "Return an empty list for a startIndex greater than totalResults."},
		{"paging-count", severity.Wrong, "count is misread at its limits", "Return no resources for count 0 or less, and at most your own maximum for a large count."},
		{"paging-filter", severity.Wrong, "pages of a filtered list are wrong", "Apply the filter first, then startIndex and count. Count all matches in totalResults."},
		{"paging-items", severity.Untidy, "itemsPerPage is not the number of resources on the page", "Set itemsPerPage to the length of Resources."},
		{"paging-start", severity.Wrong, "a startIndex below 1 is not read as 1", "Treat startIndex below 1 as 1."},
		{"paging-walk", severity.Wrong, "resources are on no page or on several", "Sort by a stable key, and fetch exactly count rows."},
		{"password", severity.Access, "passwords are returned", "Omit password from every response."},
		{"patch-answer", severity.Wrong, "the response to PATCH differs from the stored resource", "Read the resource after the commit, and serialize it as for GET. Or return 204 without a body."},
		{"patch-ignored", severity.Blocks, "PATCH returns success and changes nothing", "Apply the operations of a PATCH. Return an error for what you do not apply."},
		{"patch-lists", severity.Loss, "PATCH does not write multi-valued attributes", "Support add, replace and remove for lists, as a whole and by a value filter."},
		{"patch-narrow", severity.Loss, "PATCH changes only some attributes", "Let PATCH change every attribute that a create stores."},
		{"patch-order", severity.Loss, "several operations in one PATCH are not all applied", "Apply each operation to the result of the previous one, whatever its op and its path."},
		{"patch-remove", severity.Loss, "PATCH does not remove attributes", "Support remove with a path for every attribute that is not required."},
		{"patch-remove-some", severity.Loss, "PATCH rejects the removal of some attributes", "Support remove for every attribute, or mark those that a user must have as required in /Schemas."},
		{"patch-support", severity.Loss, "PATCH does not change simple attributes", "Support add, replace and remove for every attribute of your schema, not only for active."},
		{"path-as-name", severity.Loss, "values are stored under their path instead of their attribute", "Parse each path and each key before you store its value. Reject or ignore what you do not understand."},
		{"pathless", severity.Loss, "PATCH values without a path are not understood", "Treat each key of a value without a path as a path: plain, dotted or with its URN."},
		{"pathless-lists", severity.Loss, "PATCH values without a path do not write lists as sent", "On replace without a path, put the new list in place of the old one. On add, append to it."},
		{"preconditions", severity.Stops, "changes are refused without an If-Match header", "Take If-Match where a client sends it, and do not demand it. Entra sends none."},
		{"primary", severity.Wrong, "primary is not limited to one value", "Keep primary true on at most one element of a list. Move it only on request."},
		{"primary-filters", severity.Loss, "value filters on primary are not supported", "In a value filter, compare primary as a Boolean, and read \"True\" as true. Create the element if there is none."},
		{"projection", severity.Untidy, "attributes and excludedAttributes are not applied to users", "Omit what excludedAttributes names, return what attributes names, and always return id."},
		{"projection-groups", severity.Wrong, "attributes and excludedAttributes are not applied to groups", "Omit members when they are excluded or not asked for, in reads by id and in lists."},
		{"projection-id", severity.Wrong, "id can be excluded", "Always return id and schemas."},
		{"projection-lists", severity.Untidy, "attributes and excludedAttributes are not applied to lists of users", "Select the attributes of each resource in a list as in a read by id."},
		{"projection-names", severity.Untidy, "names in attributes are not recognized in every form", "Compare names case-insensitively, with and without the URN. Ignore unknown names."},
		{"projection-parts", severity.Untidy, "sub-attributes in attributes are not selected", "Select sub-attributes, and attributes of an extension by its URN."},
		{"projection-writes", severity.Untidy, "attributes is not applied to the responses of writes", "Select the attributes of every response that contains a resource."},
		{"provider-config", severity.Untidy, "/ServiceProviderConfig is incomplete", "Return patch, bulk, filter, changePassword, sort and etag with supported, and authenticationSchemes."},
		{"put", severity.Loss, "PUT does not store what was sent", "On PUT, replace the values of the resource and return it."},
		{"query-parameters", severity.Stops, "unknown query parameters are rejected", "Ignore unknown query parameters."},
		{"rate", severity.Stops, "the target does not bear 25 requests a second", "Raise the limit for SCIM clients to 25 requests a second and tenant, and index the matching attribute."},
		{"read-only", severity.Wrong, "PATCH changes attributes that must not change", "Check the mutability of the attribute before each operation, and return 400 mutability."},
		{"reads-apart", severity.Wrong, "lists and queries show another state of a user than reads by id", "Read lists and queries from the same data as reads by id. Update each copy and each index with the write."},
		{"references", severity.Wrong, "references lead to the wrong place", "Build a member's $ref and type from its actual resource type and the base URL of the request."},
		{"refused-stored", severity.Loss, "a rejected request changes the resource", "Check the whole request before you write. Store nothing of a request that you reject."},
		{"rehire", severity.Stops, "a deleted user blocks a new one of the same name", "Release unique keys when a user is deleted."},
		{"rename", severity.Loss, "renames are not handled correctly", "Use your own id as the key, never userName. Change nothing else on a rename."},
		{"request-media-type", severity.Stops, "bodies of type application/json are rejected", "Parse application/json like application/scim+json."},
		{"required", severity.Loss, "something that the run requires is missing", "Add what is missing, or take it out of --require."},
		{"required-removed", severity.Loss, "a required attribute can be removed", "Return 400 with scimType mutability when a required attribute would lose its value."},
		{"resource-type-incomplete", severity.Untidy, "a resource type is described incompletely", "Return name, endpoint and schema for each resource type, and list the schema in /Schemas."},
		{"resource-types", severity.Untidy, "/ResourceTypes does not match the resources", "List User and Group as resource types, and extensions in schemaExtensions."},
		{"roles", severity.Access, "roles are not stored as Entra sends them", "Store the value of each role, whatever else stands beside it."},
		{"schema-keywords", severity.Untidy, "/Schemas describes attributes with unknown keywords", "Use the types, mutability, returned and uniqueness values of RFC 7643 section 7."},
		{"schemas", severity.Wrong, "schemas does not list the schemas of a resource", "List the core schema, and the URN of each extension with values, once each."},
		{"schemas-unlisted", severity.Untidy, "/Schemas does not list the schemas of the resources", "List every schema that your resources can have."},
		{"scim-type", severity.Untidy, "a conflict has no scimType uniqueness", "Return 409 with scimType uniqueness for a userName that is taken."},
		{"search", severity.Wrong, "POST /.search does not apply its parameters", "Handle the parameters in the body like those of a GET, or return 404."},
		{"server-errors", severity.Stops, "requests end with a server error", "Look for the error in the log of the service."},
		{"start-ignored", severity.Wrong, "startIndex is ignored", "Skip startIndex - 1 resources before the page begins."},
		{"steadiness", severity.Wrong, "identical requests get different responses", "Look for intermittent faults: pools, caches, replicas, ignored errors."},
		{"string-booleans", severity.Access, "Booleans sent as strings are misread or rejected", "Read \"True\" and \"False\" as Booleans for every Boolean attribute, and store a Boolean."},
		{"taken-name", severity.Loss, "a userName that is taken is accepted", "Check that userName is unique on POST, PATCH and PUT. Return 409, and change nothing."},
		{"takeover", severity.Access, "a create takes over the account of somebody else", "Create a new resource on POST, or return 409. Never link accounts by e-mail."},
		{"tampered-token", severity.Access, "a token that was changed lets anyone in", "Compare the whole token, or verify the whole signature."},
		{"tenants", severity.Access, "one tenant sees or changes another tenant's data", "Take the tenant from the token. Use it in every lookup, query and write."},
		{"token", severity.Access, "responses quote the token of the request", "Never quote the Authorization header in a response."},
		{"twice", severity.Wrong, "an attribute is there twice in one object", "Write each attribute once, in the letter case of the schema."},
		{"unauthorized", severity.Wrong, "a request without a token does not get 401", "Return 401 with a WWW-Authenticate header when the token is missing or wrong."},
		{"unchanged", severity.Untidy, "a write that changes nothing counts as a change", "Compare before you write. Leave meta.lastModified alone when nothing changed."},
		{"uniqueness", severity.Loss, "uniqueness rules are not applied correctly", "Check that userName is unique before you insert or rename. Return 409 with scimType uniqueness."},
		{"unknown-attributes", severity.Stops, "one unknown attribute blocks the whole request", "Ignore attributes outside your schema instead of rejecting the whole request."},
		{"unknown-id", severity.Stops, "requests for an id that does not exist do not return 404", "Look up the resource before GET, PATCH, PUT and DELETE, and return 404."},
		{"unknown-op", severity.Wrong, "an unknown or missing op of PATCH is not rejected", "Return 400 invalidSyntax for every op other than add, remove and replace."},
		{"unknown-path", severity.Stops, "an unknown path of PATCH is an error of the server or changes something else", "Ignore what is outside your schema, or return 400 with scimType invalidPath."},
		{"unknown-route", severity.Wrong, "an unknown path does not get 404", "Return 404 for every path that is no endpoint."},
		{"value-filters", severity.Loss, "value filters in paths are not supported", "Support paths such as emails[type eq \"work\"].value. Change only the named sub-attribute."},
		{"value-filters-and", severity.Loss, "value filters look at their first condition only", "Evaluate the whole filter for each element, not only its first comparison."},
		{"value-filters-create", severity.Loss, "values of a new type cannot be added", "If nothing matches the filter, create the element that it describes."},
		{"verbatim", severity.Wrong, "values are returned in a different form than sent", "Store values as sent. Convert them only where you use them."},
		{"versions-current", severity.Stops, "a write with the current version is rejected", "Compare If-Match with the version that the last read returned."},
		{"versions-read", severity.Wrong, "reads with a version have the wrong result", "Return ETag with every read, and 304 only for the current version."},
		{"versions-stale", severity.Loss, "a write with an old version is carried out", "Compare If-Match with the current version in PATCH, PUT and DELETE, and return 412."},
		{"write-again", severity.Stops, "a write of what is there already is rejected or changes something", "Treat a write of the current value as a success, and change nothing."},
		{"wrong-method", severity.Loss, "an endpoint accepts methods that it must not have", "Return 405 for methods that an endpoint does not have."},
		{"wrong-resource", severity.Stops, "responses lack the resource that the URL names", "Return the whole resource with status 200, or no body with status 204."},
		{"wrong-token", severity.Access, "a wrong token lets anyone in", "Compare the whole token, for every method of every endpoint."},
		{"wrong-type", severity.Wrong, "a value of the wrong type is not rejected", "Check the type before you write. Return 400, preferably with scimType invalidValue."},
		{"www-authenticate", severity.Untidy, "the 401 response has no WWW-Authenticate header", "Return a WWW-Authenticate header with every 401."},
	}
}

// NotKept is the cause of an attribute that is announced and not kept.
const NotKept = "not-kept"

// OneAttribute is the label of a finding about one attribute, where a check saw that others of
// its kind are right. The cause then names the attribute.
const OneAttribute = "one-attribute"

// Base returns the check that is about a cause which blocks others, or "".
func Base(cause string) ID {
	switch cause {
	case "no-users", "no-id", "no-read":
		return "USR-001"
	case "no-delete":
		return "USR-073"
	case "delete-users":
		return "USR-007"
	case "no-groups":
		return "MEM-001"
	case "no-members":
		return "MEM-003"
	case "no-list":
		return "QRY-046"
	case "filter":
		return "QRY-001"
	case "preconditions":
		return "SUR-003"
	case "filter-attributes":
		return "QRY-004"
	case "filter-groups":
		return "QRY-006"
	case "delete":
		return "MEM-026"
	case "members-post":
		return "MEM-038"
	case "versions-read":
		return "HTP-024"
	case "active-ignored":
		return "SUR-011"
	case "empty-search":
		return "QRY-003"
	case "members-hidden":
		return "SUR-010"
	case NotKept:
		return "SUR-001"
	case "no-put":
		return "USR-031"
	case "rename":
		return "USR-029"
	case "rehire":
		return "USR-061"
	case "no-discovery", "discovery-form":
		return "HTP-054"
	case "no-resource-type":
		return "SUR-002"
	case "multi-valued":
		return "USR-017"
	case "patch-narrow":
		return "SUR-005"
	case "no-patch", "patch-ignored":
		return "SUR-003"
	}
	return ""
}

// Blocks reports whether a check is about a cause that blocks others.
func Blocks(id ID) bool {
	return slices.ContainsFunc(Causes(), func(c Cause) bool { return Base(c.Key) == id })
}

// Missing returns the cause of a feature that does not work although it should, or "".
func Missing(feature string) string {
	switch feature {
	case Patch:
		return "no-patch"
	case Filter:
		return "filter"
	case GroupsHere:
		return "no-resource-type"
	}
	return ""
}
