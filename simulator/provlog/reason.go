package provlog

// Reason is why an object was skipped.
type Reason string

// The reasons. Those of the first group come from the configuration.
const (
	ReasonLeftScope     Reason = "leftScopeBeforeDeletion"
	ReasonGroupsKept    Reason = "groupsKept"
	ReasonAccountsKept  Reason = "accountsKept"  // by SkipOutOfScopeDeletions (E-219, A-13)
	ReasonNoSoftDelete  Reason = "noSoftDelete"  // nothing is mapped from IsSoftDeleted (E-217)
	ReasonCreateOff     Reason = "createOff"     // E-115
	ReasonUpdateOff     Reason = "updateOff"     // E-115
	ReasonMatchedOff    Reason = "matchedOff"    // found in the target, and Update is off
	ReasonDeleteOff     Reason = "deleteOff"     // E-115, E-216
	ReasonOtherMapping  Reason = "otherMapping"  // a category filter says so (E-86)
	ReasonNothingLinked Reason = "nothingLinked" // the linked object is gone, and no other matches

	ReasonNoMatchingValue Reason = "noMatchingValue" // E-94
	ReasonNoRequiredValue Reason = "noRequiredValue" // E-126, A-46
	ReasonOutOfScope      Reason = "outOfScope"      // E-69, E-317
	ReasonNotAdopted      Reason = "notAdopted"
	ReasonRedundant       Reason = "redundant"   // E-317
	ReasonNoManager       Reason = "noManager"   // is not provisioned (E-44)
	ReasonNoMember        Reason = "noMember"    // is not provisioned (E-45)
	ReasonHeldDisable     Reason = "heldDisable" // E-227
	ReasonHeldDelete      Reason = "heldDelete"  // E-227
)

// code is the SkipReason of the log.
func (r Reason) code() string {
	switch r { //nolint:exhaustive // the others come from the configuration
	case ReasonNoMatchingValue:
		return CodeImportSkipped
	case ReasonNoRequiredValue:
		return SkipValidation
	case ReasonOutOfScope:
		return SkipNotEffectivelyEntitled
	case ReasonNotAdopted:
		return CodeNotAdopted
	case ReasonRedundant:
		return SkipRedundantExport
	case ReasonNoManager, ReasonNoMember:
		return CodeUnresolvedReference
	case ReasonHeldDisable, ReasonHeldDelete:
		return SkipTooManyDeletes
	}
	return SkipSynchronization
}

// configured words a reason that the configuration gives; "" is another one.
func (r Reason) configured() string {
	switch r { //nolint:exhaustive // the others do not come from the configuration
	case ReasonLeftScope:
		return "the object had left scope before it was deleted, so the deletion is not passed on"
	case ReasonGroupsKept:
		return "groups are not deleted by this configuration"
	case ReasonAccountsKept:
		return "SkipOutOfScopeDeletions keeps accounts that leave scope as they are"
	case ReasonNoSoftDelete:
		return "no attribute is mapped from IsSoftDeleted, so leaving scope changes nothing"
	case ReasonCreateOff:
		return "the object is not in the target and the action Create is switched off"
	case ReasonUpdateOff:
		return "the action Update is switched off for this mapping"
	case ReasonMatchedOff:
		return "the object exists in the target and the action Update is switched off"
	case ReasonDeleteOff:
		return "the action Delete is switched off for this mapping"
	case ReasonOtherMapping:
		return "a category filter says that this object mapping is not about it"
	case ReasonNothingLinked:
		return "the linked object is gone from the target, and no other one matches"
	}
	return ""
}

// Cause is one of the reasons for which an object is out of scope (E-67, E-317).
type Cause string

// The causes.
const (
	CauseUnassigned Cause = "unassigned"
	CauseNoRole     Cause = "noRole"
	CauseFilter     Cause = "filter"
	CauseInactive   Cause = "inactive"
)

// text words a cause.
func (c Cause) text() string {
	switch c {
	case CauseUnassigned:
		return "it is not assigned to the application; assign it, or synchronize all users and groups"
	case CauseNoRole:
		return "its assignment gives no entitlement; the group must be security-enabled, and a role other than Default Access is wanted where that one does not count"
	case CauseFilter:
		return "it does not pass a scoping filter; ScopeEvaluationResult shows each clause"
	case CauseInactive:
		return "it is blocked or deleted in the source"
	}
	return ""
}
