package reports

// Conformance contains the results of the conformance checks.
type Conformance struct {
	Profiles []string `json:"profiles"`
	Summary  Summary  `json:"summary"`
	// Checks are all selected checks, sorted by id.
	Checks []Check `json:"checks"`
	// Causes are the findings grouped by cause. The one to fix first comes first.
	Causes   []Cause   `json:"causes,omitempty"`
	Features []Feature `json:"features,omitempty"`
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
	// References are the sections that contain the requirement.
	References []Reference `json:"references,omitempty"`
	// Basis is the evidence for the verdict.
	Basis []Basis `json:"basis,omitempty"`
	// Why is the reason why the requirement matters to Entra.
	Why        string `json:"why,omitempty"`
	Expected   string `json:"expected,omitempty"`
	Actual     string `json:"actual,omitempty"`
	Difference string `json:"difference,omitempty"`
	// Fix tells the vendor in one line what to change.
	Fix string `json:"fix,omitempty"`
	// Cause is the key that findings with the same cause share.
	Cause string `json:"cause,omitempty"`
	// SkipReason is the reason why a check was skipped.
	SkipReason string `json:"skipReason,omitempty"`
	// Accepted is set if an expectations file changed the verdict.
	Accepted  *Accepted  `json:"accepted,omitempty"`
	Exchanges []Exchange `json:"exchanges,omitempty"`
	// Repeat is the command that runs this check alone.
	Repeat string `json:"repeat,omitempty"`
}

// Accepted describes the effect of an entry in an expectations file. An expected finding
// counts as skipped. If the finding did not occur, or the entry has expired, the check counts
// as failed.
type Accepted struct {
	// Found is the outcome without the expectation.
	Found Outcome `json:"found"`
	// Reason is the reason given in the file.
	Reason string `json:"reason"`
	// Expires is the last day on which the entry is valid, as YYYY-MM-DD.
	Expires string `json:"expires"`
	// Where is the file and line of the entry.
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

// Exchange is one request and its response as evidence, redacted.
type Exchange struct {
	Method       string `json:"method"`
	URL          string `json:"url"`
	Status       int    `json:"status"`
	Failure      string `json:"failure,omitempty"`
	RequestBody  string `json:"requestBody,omitempty"`
	ResponseBody string `json:"responseBody,omitempty"`
	// Curl is a command that repeats the request.
	Curl string `json:"curl,omitempty"`
}

// Cause is a cause that several findings share.
type Cause struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Fix    string   `json:"fix,omitempty"`
	Checks []string `json:"checks"`
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

// Summary counts checks.
type Summary struct {
	Counts
	Levels []LevelCounts `json:"levels,omitempty"`
}

// LevelCounts counts the checks of one level.
type LevelCounts struct {
	Level string `json:"level"`
	Counts
}

// Counts counts checks by outcome.
type Counts struct {
	Total   int `json:"total"`
	Passed  int `json:"passed"`
	Warned  int `json:"warned"`
	Failed  int `json:"failed"`
	Skipped int `json:"skipped"`
	Errored int `json:"errored"`
}
