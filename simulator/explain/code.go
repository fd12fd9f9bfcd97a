package explain

import (
	"slices"
	"strings"
)

// codes are the documented error codes and those that were seen (E-325, E-326, G-39), each with
// the cause that it means when the response does not say more. The longest one comes first.
func codes() [][2]string {
	list := [][2]string{
		{"SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering", Filtering},
		{"SystemForCrossDomainIdentityManagementServiceIncompatible", Unreadable},
		{"SystemForCrossDomainIdentityManagementMultipleEntriesInResponse", SeveralEntries},
		{"SystemForCrossDomainIdentityManagementInvalidCredentials", Credentials},
		{"SystemForCrossDomainIdentityManagementCredentialValidationUnavailable", Unreachable},
		{"UnableToResolveReferenceAttributeValue", Reference},
		{"SchemaPropertyCanOnlyAcceptValue", SeveralValues},
		{"WebExceptionProtocolError", Unreachable},
		{"SchemaAttributeNotFound", NoAttribute},
		{"DuplicateTargetEntries", DuplicateTarget},
		{"DuplicateSourceEntries", DuplicateSource},
		{"MandatoryFieldsMissing", RequiredValue},
		{"MissingValues", RequiredValue},
		{"LicenseLimitExceeded", License},
		{"UnprocessableEntity", Refused},
		{"InternalServerError", ServerError},
		{"InsufficientRights", Forbidden},
		{"MethodNotAllowed", Method},
		{"TooManyRequests", Throttled},
		{"NotImplemented", Method},
		{"ImportSkipped", NoMatchingValue},
		{"InternalError", Internal},
		{"EntryConflict", Conflict},
		{"InvalidAnchor", Gone},
		{"InvalidDomain", Domain},
		{"Unauthorized", Credentials},
		{"NotPermitted", Forbidden},
		{"BadRequest", Refused},
		{"Conflict", Conflict},
		{"Timeout", Timeout},
		{"AttributeMappingError", MappingError},
		{"ScopingFilterError", FilterError},
		{"MatchingValueNotSupported", MatchingCharacter},
		{"ExistingObjectNotAdopted", NotAdopted},
		{"EntrySynchronizationSkipped", Configured},
		{"AttributeValidationFailed", RequiredValue},
		{"NotEffectivelyEntitled", OutOfScope},
		{"RedundantExport", NoChange},
		{"TooManyDeletes", Held},
		{"JoinNotFound", NoJoin},
	}
	slices.SortStableFunc(list, func(a, b [2]string) int { return len(b[0]) - len(a[0]) })
	return list
}

// general are the codes whose cause the HTTP status tells better: connectors give them to many
// responses.
func general(cause string) bool {
	return slices.Contains([]string{Filtering, Unreadable, Refused, Conflict, ServerError, Unreachable, Forbidden, Credentials, Method, Throttled}, cause)
}

// meaning finds a code. Connectors put a prefix before many of them, such as BoxEntryConflict.
func meaning(code string) (name, cause string) {
	for _, c := range codes() {
		if len(code) >= len(c[0]) && strings.EqualFold(code[len(code)-len(c[0]):], c[0]) {
			return c[0], c[1]
		}
	}
	return "", ""
}

// Codes lists the known error codes and skip reasons.
func Codes() []string {
	var out []string
	for _, c := range codes() {
		out = append(out, c[0])
	}
	return out
}
