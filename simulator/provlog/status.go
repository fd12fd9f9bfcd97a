package provlog

// Action is Graph's provisioningAction (E-311).
type Action string

// The actions of the log; StagedDelete marks what the deletion threshold holds back (G-40).
const (
	Create       Action = "create"
	Update       Action = "update"
	Delete       Action = "delete"
	StagedDelete Action = "stagedDelete"
	Disable      Action = "disable"
	Other        Action = "other"
)

// Result is the status of an entry or of a step (E-312).
type Result string

// The four results.
const (
	Success Result = "success"
	Warning Result = "warning"
	Failure Result = "failure"
	Skipped Result = "skipped"
)

// StatusInfo is Graph's provisioningStatusInfo; ErrorInformation is null when there is none (G-36).
type StatusInfo struct {
	Status           Result     `json:"status"`
	ErrorInformation *ErrorInfo `json:"errorInformation"`
}

// ErrorInfo is Graph's provisioningErrorInfo (E-313). The service leaves AdditionalDetails and
// RecommendedAction null.
type ErrorInfo struct {
	ErrorCode         string        `json:"errorCode"`
	Reason            string        `json:"reason"`
	AdditionalDetails *string       `json:"additionalDetails"`
	RecommendedAction *string       `json:"recommendedAction"`
	ErrorCategory     ErrorCategory `json:"errorCategory"`
}

// ErrorCategory says whose failure it is.
type ErrorCategory string

// The categories of G-36.
const (
	CategoryFailure           ErrorCategory = "failure"
	CategoryNonServiceFailure ErrorCategory = "nonServiceFailure"
	CategorySuccess           ErrorCategory = "success"
)

// The error codes this engine gives. Those that say so are the simulator's own, all others Microsoft's (E-325, E-326).
const (
	CodeBadRequest            = "SystemForCrossDomainIdentityManagementBadRequest"
	CodeEntryConflict         = "EntryConflict"
	CodeTooManyRequests       = "TooManyRequests"
	CodeInternalServerError   = "InternalServerError"
	CodeInsufficientRights    = "InsufficientRights"
	CodeMethodNotAllowed      = "MethodNotAllowed"
	CodeUnauthorized          = "Unauthorized"
	CodeUnprocessableEntity   = "UnprocessableEntity"
	CodeProtocolError         = "WebExceptionProtocolError"
	CodeInvalidAnchor         = "InvalidAnchor"
	CodeNotImplemented        = "NotImplemented"
	CodeMissingFields         = "MandatoryFieldsMissing"
	CodeSeveralValues         = "SchemaPropertyCanOnlyAcceptValue" // E-128
	CodeTimeout               = "Timeout"
	CodeDuplicateTarget       = "DuplicateTargetEntries"
	CodeDuplicateSource       = "DuplicateSourceEntries"
	CodeImportSkipped         = "ImportSkipped"
	CodeSeveralEntries        = "SystemForCrossDomainIdentityManagementMultipleEntriesInResponse"
	CodeIncompatibleFiltering = "SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering"
	CodeServiceIncompatible   = "SystemForCrossDomainIdentityManagementServiceIncompatible"
	CodeInvalidCredentials    = "SystemForCrossDomainIdentityManagementInvalidCredentials"
	CodeValidationUnavailable = "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable"
	CodeUnresolvedReference   = "UnableToResolveReferenceAttributeValue"

	// CodeMappingError is the simulator's own: an expression could not be evaluated.
	CodeMappingError = "AttributeMappingError"
	// CodeScopingFilterError is the simulator's own: a filter's pattern came to no end.
	CodeScopingFilterError = "ScopingFilterError"
	// CodeMatchingValue is the simulator's own: the matching value holds a character that
	// the option specialCharacters names (E-98, A-19).
	CodeMatchingValue = "MatchingValueNotSupported"
	// CodeNotAdopted is the simulator's own: the object was there before this run, and
	// on a host that is not loopback it is only written to when asked for.
	CodeNotAdopted = "ExistingObjectNotAdopted"
)

// The skip reasons of the log (E-317, G-38).
const (
	SkipRedundantExport        = "RedundantExport"
	SkipNotEffectivelyEntitled = "NotEffectivelyEntitled"
	SkipSynchronization        = "EntrySynchronizationSkipped"
	SkipTooManyDeletes         = "TooManyDeletes"
	SkipValidation             = "AttributeValidationFailed"
)
