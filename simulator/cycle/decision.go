package cycle

// Decision is what is to be done about an object, with the reason in its name.
type Decision string

// The decisions of section 24 of the engine rules, step 7.
const (
	// DecideNothing writes no entry: the object was deleted before it was ever linked.
	DecideNothing Decision = ""
	// DecideSkip needs no request: out of scope and not linked, or without a matching value.
	DecideSkip Decision = "skip"
	// DecideMatch looks for the object in the target, then updates or creates it.
	DecideMatch Decision = "match"
	// DecideLook looks for the object in the target only to skip it.
	DecideLook Decision = "look"
	// DecideUpdate compares the linked object and writes differences.
	DecideUpdate Decision = "update"
	// DecideDisable writes only what IsSoftDeleted maps to (E-215, E-216).
	DecideDisable Decision = "disable"
	// DecideDelete sends DELETE (E-40 step 9, E-218).
	DecideDelete Decision = "delete"
	// DecideFail needs no request: the mapping could not be evaluated.
	DecideFail Decision = "fail"
)

// needsTarget reports whether requests follow.
func (d Decision) needsTarget() bool {
	switch d {
	case DecideMatch, DecideLook, DecideUpdate, DecideDisable, DecideDelete:
		return true
	case DecideNothing, DecideSkip, DecideFail:
	}
	return false
}
