package suites

import (
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Finding is the result of a check. It is in the spec report, in the entry named EntryName.
type Finding struct {
	ID         catalog.ID
	Expected   string // set if the check failed
	Actual     string
	Cause      string // set if the failure has another cause than that of the check
	Unanswered string // set if no response was received; the check is then errored
	Assertions int
	Exchanges  []*exchange.Exchange
}
