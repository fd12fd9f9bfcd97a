package reports

// Conformance is what the checks found.
type Conformance struct {
	Profiles []string `json:"profiles"`
	Summary  Summary  `json:"summary"`
	// Checks are all that were selected, sorted by id.
	Checks []Check `json:"checks"`
	// Causes are the findings grouped, the one to fix first on top.
	Causes   []Cause   `json:"causes,omitempty"`
	Features []Feature `json:"features,omitempty"`
}

// Check is one requirement and its verdict.
type Check struct {
	// ID is permanent: three letters, dash, three digits.
	ID string `json:"id"`
	// Subject tells generated checks of one id apart.
	Subject string  `json:"subject,omitempty"`
	Title   string  `json:"title"`
	Suite   string  `json:"suite,omitempty"`
	Level   string  `json:"level"`
	Outcome Outcome `json:"outcome"`
	// References are the sections that hold the requirement.
	References []Reference `json:"references,omitempty"`
	// Basis is the evidence the verdict rests on.
	Basis []Basis `json:"basis,omitempty"`
	// Why says why Entra cares.
	Why        string `json:"why,omitempty"`
	Expected   string `json:"expected,omitempty"`
	Actual     string `json:"actual,omitempty"`
	Difference string `json:"difference,omitempty"`
	// Fix says in one line, in the vendor's words, what to change.
	Fix string `json:"fix,omitempty"`
	// Cause is the key that findings with one origin share.
	Cause string `json:"cause,omitempty"`
	// SkipReason says why a check was skipped.
	SkipReason string `json:"skipReason,omitempty"`
	// Accepted is set when a file of expectations changed the verdict.
	Accepted  *Accepted  `json:"accepted,omitempty"`
	Exchanges []Exchange `json:"exchanges,omitempty"`
	// Repeat is the command that runs this check alone.
	Repeat string `json:"repeat,omitempty"`
}

// Accepted is what was found where somebody had expected a finding or a skip. A
// finding that was expected counts as skipped; one that did not come, or whose entry
// is out of date, as failed.
type Accepted struct {
	// Found is the outcome without the expectation.
	Found Outcome `json:"found"`
	// Reason is why it was expected, in the words of the file.
	Reason string `json:"reason"`
	// Expires is the last day on which the entry counts, as YYYY-MM-DD.
	Expires string `json:"expires"`
	// Where is file and line of the entry.
	Where string `json:"where"`
}

// Key names the check in links, on the command line and in expectations:
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

// Exchange is one request and its answer as evidence, redacted.
type Exchange struct {
	Method       string `json:"method"`
	URL          string `json:"url"`
	Status       int    `json:"status"`
	Failure      string `json:"failure,omitempty"`
	RequestBody  string `json:"requestBody,omitempty"`
	ResponseBody string `json:"responseBody,omitempty"`
	// Curl is a command that sends the request again.
	Curl string `json:"curl,omitempty"`
}

// Cause is one origin of several findings.
type Cause struct {
	Key    string   `json:"key"`
	Title  string   `json:"title"`
	Fix    string   `json:"fix,omitempty"`
	Checks []string `json:"checks"`
}

// Feature is something a target may or may not support.
type Feature struct {
	Name string `json:"name"`
	// Found says what the probe saw.
	Found bool `json:"found"`
	// Declared is what the target says of itself: "yes", "no" or "".
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
