package reports

import "github.com/scimdrill/scimdrill/reports/severity"

// Conformance contains the results of the conformance checks.
type Conformance struct {
	Profiles []string `json:"profiles"`
	Summary  Summary  `json:"summary"`
	// Checks are all selected checks, sorted by id.
	Checks []Check `json:"checks"`
	// Causes are the findings grouped by cause. The one to fix first comes first.
	Causes []Cause `json:"causes,omitempty"`
	// NotJudged lists what the target neither announces nor keeps, and what no mapping needs.
	NotJudged []NotJudged `json:"notJudged,omitempty"`
	// Unsteady lists the checks whose outcome differs between the runs of --repeat.
	Unsteady []Unsteady `json:"unsteady,omitempty"`
	// Stopped says in one sentence why the target cannot be judged, or stopped responding. The
	// checks that did not run are blocked.
	Stopped string `json:"stopped,omitempty"`
	// Baseline is the earlier report that this one was compared with.
	Baseline *Baseline `json:"baseline,omitempty"`
	Features []Feature `json:"features,omitempty"`
	// Tables are those of the profiles that have one, such as validator-preview.
	Tables []Table `json:"tables,omitempty"`
	// Grid is the outcome of each attribute on each route.
	Grid *Grid `json:"grid,omitempty"`
}

// Check is one requirement and its verdict.
type Check struct {
	// ID is permanent: three letters, a dash and three digits.
	ID string `json:"id"`
	// Subject distinguishes generated checks with the same id.
	Subject string  `json:"subject,omitempty"`
	Title   string  `json:"title"`
	Suite   string  `json:"suite,omitempty"`
	Level   string  `json:"level"`
	Outcome Outcome `json:"outcome"`
	// Severity is what a failure does to the customers of the vendor.
	Severity severity.Severity `json:"severity,omitempty"`
	// References are the sections that contain the requirement.
	References []Reference `json:"references,omitempty"`
	// Basis is the evidence for the verdict.
	Basis []Basis `json:"basis,omitempty"`
	// Why is the reason why the requirement matters to Entra.
	Why      string `json:"why,omitempty"`
	Expected string `json:"expected,omitempty"`
	// Actual is what the target did. In a blocked check, it says why nothing could be judged.
	Actual     string `json:"actual,omitempty"`
	Difference string `json:"difference,omitempty"`
	// Fix tells the vendor in one line what to change.
	Fix string `json:"fix,omitempty"`
	// Cause is the key that findings with the same cause share.
	Cause string `json:"cause,omitempty"`
	// SkipReason is the reason why a check was skipped.
	SkipReason string `json:"skipReason,omitempty"`
	// SkipFeature is the feature that the target neither announces nor has, and that nobody
	// requires, if the check was skipped for it.
	SkipFeature string `json:"skipFeature,omitempty"`
	// BlockedBy is the key of the cause that blocks the check.
	BlockedBy string `json:"blockedBy,omitempty"`
	// Accepted is set if an expectations file changed the verdict.
	Accepted  *Accepted  `json:"accepted,omitempty"`
	Exchanges []Exchange `json:"exchanges,omitempty"`
	// Sequence reports that the finding is about all exchanges in their order, not about the last one.
	Sequence bool `json:"sequence,omitempty"`
	// Repeat is the command that runs this check alone.
	Repeat string `json:"repeat,omitempty"`
	// Docs is the address of the section of the documentation about the check.
	Docs string `json:"docs,omitempty"`
}

// Accepted describes the effect of an entry in an expectations file, or of a baseline. An
// expected finding counts as skipped. If the finding did not occur, or the entry has expired, the check counts
// as failed.
type Accepted struct {
	// Found is the outcome without the expectation.
	Found Outcome `json:"found"`
	// Reason is the reason given in the file.
	Reason string `json:"reason"`
	// Cause is the key of the only cause that the entry allows, or "".
	Cause string `json:"cause,omitempty"`
	// Expires is the last day on which the entry is valid, as YYYY-MM-DD. A baseline has none.
	Expires string `json:"expires,omitempty"`
	// Where is the file and line of the entry, or the file of the baseline.
	Where string `json:"where"`
}

// Key identifies the check in links, on the command line and in expectations files:
// "ATT-012" or "ATT-012[name.familyName]".
func (c Check) Key() string {
	if c.Subject == "" {
		return c.ID
	}
	return c.ID + "[" + c.Subject + "]"
}

// Known reports whether the check found what an expectations file allows.
func (c Check) Known() bool {
	return c.Outcome == Skipped && c.Accepted != nil && c.Accepted.Found.Finding()
}

// judged reports whether the check has a verdict about the target, or whether an expectations
// file says that it has none.
func (c Check) judged() bool {
	switch c.Outcome {
	case Passed, Warned, Failed:
		return true
	default:
		return c.Outcome == Skipped && c.Accepted != nil
	}
}

// settled reports whether nothing about the check is open: it is judged, or it was skipped for
// a feature that nobody announces or requires.
func (c Check) settled() bool {
	return c.judged() || c.Outcome == Skipped && c.SkipFeature != ""
}

// Reference is a section of a document.
type Reference struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// The kinds of evidence, strongest first.
const (
	BasisRFC       = "RFC"
	BasisMicrosoft = "Microsoft page"
	BasisObserved  = "observed"
	BasisInferred  = "inferred"
)

// Basis is one piece of evidence for a verdict.
type Basis struct {
	Kind string `json:"kind"`
	Ref  string `json:"ref"`
	// Date is when the evidence was read or seen, as YYYY-MM-DD.
	Date string `json:"date,omitempty"`
}

// NotJudged is an attribute or a feature that the checks leave out.
type NotJudged struct {
	Name string `json:"name"`
	// Reason is the same text for all that is left out for the same reason.
	Reason string `json:"reason"`
	// Checks is the number of checks left out with it.
	Checks int `json:"checks,omitempty"`
}

// Feature is an optional feature of a target.
type Feature struct {
	Name string `json:"name"`
	// Found reports whether the probe found the feature.
	Found bool `json:"found"`
	// Declared is the target's own declaration: "yes", "no" or "".
	Declared string `json:"declared,omitempty"`
	Note     string `json:"note,omitempty"`
}

// Unsteady is a check whose outcome differs between equal runs.
type Unsteady struct {
	// Check is the key of the check.
	Check string `json:"check"`
	// Outcomes are those of each run, in order.
	Outcomes []Outcome `json:"outcomes"`
}
