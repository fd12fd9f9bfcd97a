package suites

import (
	_ "embed" // quick.txt
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// quick are the ids of the checks that kill most defects for each request, chosen from the kill
// matrix: TestQuickIsChosen writes them with -update.
//
//go:embed quick.txt
var quick string

// Quick reports whether a check belongs to a quick run, which takes under a minute at 25 requests
// a second. The checks of what blocks others always do: without them, what they find is only
// blocked.
func Quick(id catalog.ID) bool {
	return slices.Contains(strings.Fields(quick), string(id)) || catalog.Blocks(id)
}
