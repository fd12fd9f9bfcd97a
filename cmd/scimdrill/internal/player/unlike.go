package player

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// unlike says in what the replay cannot be, or was not, like the recording.
func unlike(r *replay.Result) (list []reports.Expectation) {
	if n := len(r.Answered); n > 0 {
		a := r.Answered[0]
		actual := fmt.Sprintf("%s: %s, %s", a.Operation, a.What, console.Counted(a.Count, "time"))
		if n > 1 {
			actual += "; and " + console.Counted(n-1, "more difference")
		}
		list = append(list, reports.Expectation{Title: "Responses have the recorded attributes", Expected: "as recorded", Actual: actual, Outcome: reports.Warned})
	}
	if u := r.Unbound; u.Requests > 0 {
		list = append(list, reports.Expectation{
			Title: "Ids come from responses", Expected: "all", Outcome: reports.Warned,
			Actual: fmt.Sprintf("%d requests have ids that no response of the stream gave: %s; they are sent as recorded, and a fresh target does not know them",
				u.Requests, strings.Join(u.Examples, ", ")),
		})
	}
	return list
}
