package suites

import (
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Ending says how a check ended.
type Ending string

// The endings.
const (
	Passed  Ending = "passed"
	Failed  Ending = "failed"  // the requirement is not met
	Blocked Ending = "blocked" // a step that prepares the check failed, which another finding is about
	Skipped Ending = "skipped" // there is nothing to ask this target
	Errored Ending = "errored" // no response
)

// Finding is the result of a check. It is in the spec report, in an entry named EntryName.
// A check with subjects has an entry for each that did not pass.
type Finding struct {
	ID catalog.ID
	// Subject distinguishes the findings of a check that judges several things.
	Subject string
	Ending  Ending
	// Fact is what was seen, for Failed and Blocked.
	Fact fact.Fact
	// Cause replaces the cause of the check, if the failure is about another step.
	Cause string
	// Gone reports a blocked check that the target did not answer to the end, because it went away.
	Gone bool
	// Lost is the request that ended a failed check, because the target closed its connection.
	Lost string
	// Why is the reason of Skipped, Blocked and Errored.
	Why string
	// Lacks is the attribute or feature for want of which the check was not judged.
	Lacks string
	// Said is what a check that passed has measured.
	Said       string
	Assertions int
	Exchanges  []*exchange.Exchange
	// Sequence reports that it is about all exchanges in their order.
	Sequence bool
	// Took is the wall time of the check. It differs from run to run.
	Took time.Duration
	// Parts are the subjects that did not pass. They take the place of a check that passed otherwise.
	Parts []*Finding

	transcript []*exchange.Exchange // with the requests that removed what the check made
}

// maxSaid is how much of each of its texts a finding keeps, in bytes. Texts may quote what a target
// sent, and the findings of all checks are kept.
const maxSaid = 16 << 10

// shorten cuts texts that are far too long, and marks that.
func (f *Finding) shorten() {
	for _, text := range []*string{&f.Fact.Expected, &f.Fact.Actual, &f.Fact.Attribute, &f.Why, &f.Said, &f.Subject} {
		*text = exchange.Shorten(*text, maxSaid)
	}
	for _, part := range f.Parts {
		part.shorten()
	}
}
