package player

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// expectations are the thresholds, and that requests were sent and answered.
func expectations(thresholds []measure.Threshold, r *replay.Result, sum *measure.Summary, planned float64) []reports.Expectation {
	var list []reports.Expectation
	served := reports.Expectation{Title: "The target serves the stream", Expected: "responses without errors", Outcome: reports.Passed}
	served.Actual = fmt.Sprintf("%d of %d responses without errors", sum.Requests-sum.Errors, sum.Requests)
	switch {
	case r.Earlier > 0 && sum.Requests+sum.Warmup == 0 && r.Sent == r.Lookups && r.Stopped == nil:
		served.Actual = fmt.Sprintf("an earlier run sent the %d requests", r.Earlier)
	case sum.Requests == 0 && sum.Warmup == 0 && r.Stopped == nil && r.Read > 0:
		served.Outcome, served.Actual = reports.Errored, "no request was sent"
	case sum.Requests == 0 && sum.Warmup > 0:
		served.Outcome, served.Actual = reports.Errored, "the run ended in the warm-up"
	case r.Read == 0 && r.Stopped == nil:
		served.Outcome, served.Actual = reports.Errored, "the stream holds no request"
	case sum.Requests > 0 && sum.Errors == sum.Requests:
		served.Outcome = reports.Failed
	case sum.Errors > 0:
		served.Outcome = reports.Warned
	}
	list = append(list, served)
	if n := r.UnsentTotal(); n > 0 {
		list = append(list, reports.Expectation{
			Title: "Every request can be sent", Expected: "all", Actual: fmt.Sprintf("%d not sent: %s", n, unsent(r)), Outcome: reports.Warned,
		})
	}
	if n := r.DifferentTotal(); n > 0 {
		d := r.Different[0]
		actual := fmt.Sprintf("%d differ: %s has status %d, recorded %d", n, d.Operation, d.Have, d.Recorded)
		if d.Have == http.StatusConflict {
			actual += "; hint: the target already has these objects; use an empty one, or run `scimdrill cleanup` first"
		}
		list = append(list, reports.Expectation{Title: "Responses have the recorded status", Expected: "as recorded", Actual: actual, Outcome: reports.Warned})
	}
	list = append(list, unlike(r)...)
	counts := measure.Counts{Unsent: r.UnsentTotal(), Different: r.DifferentTotal(), Planned: planned}
	for _, t := range thresholds {
		res := t.Check(sum, counts)
		e := reports.Expectation{Title: "Threshold " + t.String(), Expected: "not " + t.String(), Actual: res.Actual, Outcome: reports.Passed}
		switch {
		case res.Unknown != "":
			e.Outcome, e.Actual = reports.Errored, res.Unknown
		case res.Holds:
			e.Outcome = reports.Failed
		}
		list = append(list, e)
	}
	return list
}

// unsent names the reasons, the first ones.
func unsent(r *replay.Result) string {
	const most = 3
	reasons := make([]string, 0, most+1)
	for _, u := range r.Unsent[:min(len(r.Unsent), most)] {
		reasons = append(reasons, u.Why)
	}
	if left := len(r.Unsent) - most; left > 0 {
		reasons = append(reasons, "and "+strconv.Itoa(left)+" more")
	}
	return strings.Join(reasons, "; ")
}
