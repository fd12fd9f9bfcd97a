package explain

import "slices"

// Place is where somebody has to change something.
type Place string

// The places.
const (
	Endpoint Place = "endpoint"
	Mapping  Place = "mapping"
	Entra    Place = "Entra"
)

// Phrase is the place in a sentence: "in the endpoint".
func (p Place) Phrase() string {
	if p == Entra {
		return "in Entra"
	}
	return "in the " + string(p)
}

// Remedy is what to change, and where.
type Remedy struct {
	Place Place  `json:"place"`
	Do    string `json:"do"`
}

// Cause is why the service did what an entry says.
type Cause struct {
	Key string `json:"key"`
	// What says what happened, and Why explains it; both are sentences.
	What string `json:"what"`
	Why  string `json:"why"`
	// Rules are ids of the behaviour ledger.
	Rules    []string `json:"rules"`
	Remedies []Remedy `json:"remedies"`
}

// The keys of the causes.
const (
	LeftOut           = "leftOut"
	Created           = "created"
	Updated           = "updated"
	Disabled          = "disabled"
	Deleted           = "deleted"
	NoChange          = "no-change"
	Reference         = "reference-missing"
	Held              = "held-back"
	Unassigned        = "unassigned"
	Inactive          = "inactive"
	NoRole            = "no-role"
	Filtered          = "filtered"
	OutOfScope        = "out-of-scope"
	Configured        = "configured"
	SkippedUntold     = "skipped-without-steps"
	NoJoin            = "no-join"
	RequiredValue     = "required-value"
	NoMatchingValue   = "no-matching-value"
	NotAdopted        = "not-adopted"
	Conflict          = "conflict"
	Credentials       = "credentials"
	Forbidden         = "forbidden"
	Gone              = "gone"
	WrongPath         = "wrong-path"
	EmptySearch       = "empty-search"
	Method            = "method"
	MediaType         = "media-type"
	TooLarge          = "too-large"
	Timeout           = "timeout"
	Throttled         = "throttled"
	ServerError       = "server-error"
	Redirected        = "redirected"
	Unreadable        = "unreadable-response"
	Unreachable       = "unreachable"
	Refused           = "refused"
	RefusedCreate     = "refused-create"
	RefusedUpdate     = "refused-update"
	RefusedMembers    = "refused-members"
	RefusedDisable    = "refused-disable"
	RefusedDelete     = "refused-delete"
	Filtering         = "filtering"
	SeveralEntries    = "several-entries"
	DuplicateTarget   = "duplicate-target"
	DuplicateSource   = "duplicate-source"
	SeveralValues     = "several-values"
	SeveralRoles      = "several-roles"
	NoAttribute       = "no-attribute"
	MappingError      = "mapping-error"
	FilterError       = "filter-error"
	MatchingCharacter = "matching-character"
	Domain            = "domain"
	License           = "license"
	Internal          = "internal"
	Unknown           = "unknown"
)

// Causes lists all causes, in the order in which a report shows them: what stops people first,
// what needs nothing last.
func Causes() []Cause {
	return slices.Concat(accessCauses(), refusalCauses(), responseCauses(), matchingCauses(), mappingCauses(), scopeCauses(), doneCauses())
}

// Lookup finds a cause by its key.
func Lookup(key string) (Cause, bool) {
	all := Causes()
	if i := slices.IndexFunc(all, func(c Cause) bool { return c.Key == key }); i >= 0 {
		return all[i], true
	}
	return Cause{}, false
}

// Code is what is known about an error code or a skip reason of the log.
type Code struct {
	// Name is the documented code, without the prefix of a connector.
	Name  string
	Cause Cause
	// Prefixed says that a connector put something before the code.
	Prefixed bool
}

// LookupCode finds an error code or a skip reason in any letter case; false is unknown.
func LookupCode(code string) (Code, bool) {
	name, key := meaning(code)
	if key == "" {
		return Code{}, false
	}
	c, ok := Lookup(key)
	return Code{Name: name, Cause: c, Prefixed: len(name) != len(code)}, ok
}
