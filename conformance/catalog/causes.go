package catalog

import "slices"

// Cause is one origin that the findings of several checks may share: what is wrong with
// the target, and what its developer does about it.
type Cause struct {
	Key, Title, Fix string
}

// LookupCause returns the cause of a key.
func LookupCause(key string) (Cause, bool) {
	list := Causes()
	i := slices.IndexFunc(list, func(c Cause) bool { return c.Key == key })
	if i < 0 {
		return Cause{}, false
	}
	return list[i], true
}

// Causes lists all causes, by key.
func Causes() []Cause {
	return []Cause{
		{"atomicity", "a PATCH that fails is carried out in part", "Apply all operations to a copy and store it only when every one succeeded."},
		{"authentication", "requests without a valid token are not refused properly", "Answer 401 with WWW-Authenticate before you look at anything else."},
		{"client-id", "clients can set what only the target may set", "Ignore id and meta in what clients send; make your own."},
		{"concurrency", "requests that come at the same time disturb each other", "Let the database decide: unique indexes, and one lock around what is read and written back."},
		{"create", "users are not created as they were sent", "Store every attribute of POST /Users that your schema has, and answer 201 with the resource as stored."},
		{"delete", "deleting does not delete", "On DELETE remove the object from reads, queries and references, answer 204, and 404 from then on."},
		{"discovery", "what the service says of itself does not hold", "Make /Schemas, /ResourceTypes and /ServiceProviderConfig from what the code can do, not by hand."},
		{"encoding", "texts are changed on the way in or out", "Treat strings as opaque UTF-8 text from the JSON parser to the database and back."},
		{"error-format", "errors are not SCIM errors", "Build all errors in one place: SCIM error schema, status as a string, detail as a string, scimType only from RFC 7644 table 9."},
		{"expectations", "the file of expectations is out of date", "Take out of the file what passes now, and give what still fails a new day and a reason for it."},
		{"extension", "attributes of the enterprise extension get lost", "Take everything up to the last colon for the schema URN, and keep the values in the object of that URN."},
		{"filter", "filters are not evaluated", "Parse the filter, evaluate it, answer 200 with the matches only, and 400 invalidFilter for what you do not support."},
		{"group-names", "groups cannot be told apart by name", "Keep displayName of groups unique, answer 409 for a second one, and match it in filters."},
		{"hundred", "what lies behind the first hundred is not seen", "Filter and count in the database, before a page is cut."},
		{"inactive-users", "users who are not active are hidden or lost", "Treat active like any other attribute in reads, queries and updates; only sign-in looks at it."},
		{"letter-case", "values are compared with letter case where it does not count", "Fold letter case on both sides for userName, in filters and for uniqueness."},
		{"letter-case-names", "attribute names are compared with letter case", "Look attribute names and paths up without regard to letter case."},
		{"letter-case-op", "op of a PATCH is only understood in lower case", "Fold the letter case of op before you look at it: Entra writes Add, Replace and Remove."},
		{"lists", "resources in lists are not the same as by id", "Use one function to write a resource, for lists and for single answers."},
		{"manager", "the manager is not kept as Entra sends and reads it", "Read the bare id that Entra sends as manager.value, and return an object with value under the enterprise URN."},
		{"media-type", "answers are labelled as another media type", "Set Content-Type: application/scim+json on every answer with a body, errors included."},
		{"members-add", "adding members goes wrong", "On add put in what is not there yet, and touch nobody else."},
		{"members-remove", "removing members goes wrong", "On remove take out exactly those that the value list or the filter names."},
		{"members-replace", "replacing members leaves the wrong ones", "On replace and on PUT set the list to exactly what was sent."},
		{"multi-valued", "multi-valued attributes hold one value only", "Store every element of a list, told apart by type."},
		{"nesting", "groups in groups are not followed with care", "Walk up and down the groups with a set of those that were seen."},
		{"no-groups", "groups cannot be created", "Serve POST /Groups; Entra creates every group empty and adds members later."},
		{"no-patch", "PATCH is not there", "Build PATCH for users and groups: Entra changes nothing by another way, and never falls back to PUT."},
		{"no-users", "users cannot be created", "Serve POST /Users for a user with userName, name, e-mail and externalId; until then most checks cannot run."},
		{"null-values", "null and empty lists are not taken for absent values", "Treat null and [] like an attribute that was left out, on every route and at any depth."},
		{"optional", "what is announced does not work", "Build what /ServiceProviderConfig announces, or announce that it is not there."},
		{"paging", "pages do not hold what was asked for", "Count startIndex from 1, never return more than count, and give the true total in totalResults."},
		{"password", "passwords are returned", "Leave password out of every answer."},
		{"patch-support", "PATCH does not change simple attributes", "Support add, replace and remove for every attribute of your schema, not only for active."},
		{"pathless", "a PATCH value without path is not understood", "Treat each key of a value without path as a path: plain, dotted, or with its URN."},
		{"primary", "primary is not kept to one value", "Keep primary true on one element of a list at most, and move it only when asked."},
		{"projection", "attributes and excludedAttributes are not honoured", "Leave out what excludedAttributes names, return what attributes names, and id always."},
		{"put", "PUT does not store what it was sent", "On PUT replace the values of the resource and return it."},
		{"query-parameters", "query parameters that are not known are refused", "Ignore query parameters that you do not know."},
		{"read-only", "a PATCH changes what must not change", "Check mutability of the attribute before each operation, and answer 400 mutability."},
		{"references", "references lead to the wrong place", "Build $ref and type of a member from the resource that it is, and from the base URL of the request."},
		{"rename", "a rename makes another user of somebody", "Use an id of your own as key, never userName, and change nothing else on a rename."},
		{"steadiness", "the same request is not always answered alike", "Look for what fails now and then: pools, caches, replicas, errors that nobody looks at."},
		{"string-booleans", "Booleans that come as strings are misread", "Read \"True\" and \"False\" as Booleans wherever the attribute is one, and store a Boolean."},
		{"tenants", "one tenant sees or changes what is another's", "Take the tenant from the token, and put it into every look-up, query and write."},
		{"unchanged", "a write without a change counts as a change", "Compare before you write; leave meta.lastModified alone when nothing changed."},
		{"uniqueness", "two users can have one userName", "Check userName for uniqueness before you insert or rename, and answer 409 with scimType uniqueness."},
		{"unknown-attributes", "one attribute that is not known stops everything else", "Ignore attributes outside your schema instead of refusing the whole request."},
		{"value-filters", "value filters in paths are not understood", "Support paths such as emails[type eq \"work\"].value, and change only the sub-attribute named."},
		{"value-filters-create", "values of a type that is not there yet cannot be added", "Create the element that the filter describes when nothing matches."},
		{"verbatim", "values come back in another form than they were sent", "Store values as they come; bring them into another form only where you use them."},
	}
}
