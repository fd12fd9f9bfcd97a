package suites

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// Quick reports whether a check belongs to a quick run, which takes under a minute at 25 requests
// a second. The others make hundreds of people or repeat a request for steadiness: two thirds of
// all requests, and by the kill matrix hardly a defect that no other check finds.
func Quick(id catalog.ID) bool {
	costly := []catalog.ID{"ATT-039", "HTP-008", "MEM-013", "MEM-030", "QRY-019"}
	return !slices.Contains(costly, id)
}
