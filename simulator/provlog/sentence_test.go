package provlog_test

import (
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// refusal is what .NET says about every response that refuses.
const refusal = "Processing of the HTTP request resulted in an exception. " +
	"Please see the HTTP response returned by the 'Response' property of this exception for details."

func TestSentence(t *testing.T) {
	t.Parallel()
	next := time.Date(2026, 1, 5, 14, 40, 0, 0, time.UTC)
	for _, tt := range []struct {
		name  string
		fault provlog.Fault
		want  string
	}{
		{
			"G-39 a refusal quotes the response",
			provlog.Fault{Why: provlog.WhyRefused, Status: 400, Body: "{}"},
			"StatusCode: BadRequest\r\nMessage: " + refusal + "\r\nWeb Response: \r\n{}",
		},
		{
			"an empty response is quoted too",
			provlog.Fault{Why: provlog.WhyNoID, Status: 201},
			"StatusCode: Created\r\nMessage: The response has no id that is a non-empty string.\r\nWeb Response: \r\n(empty)",
		},
		{
			"a redirect is not quoted",
			provlog.Fault{Why: provlog.WhyRedirected, Status: 301},
			"StatusCode: MovedPermanently\r\nMessage: Redirects are not followed; the tenant URL must be the final URL",
		},
		{
			"a list names what is wrong with it",
			provlog.Fault{Why: provlog.WhyListEmpty, Status: 200, About: provlog.About{Number: 3}, Body: "{}"},
			"StatusCode: OK\r\nMessage: The response to a query is not a ListResponse: totalResults is 3 and Resources is empty.\r\nWeb Response: \r\n{}",
		},
		{
			"E-239 a refusal that is tried again, as a log of 2026-03 has it",
			provlog.Fault{Why: provlog.WhyRefused, Status: 409, Body: `{"status":409}`, Retry: &provlog.Retry{Attempts: 1, Next: next}},
			"StatusCode: Conflict\r\nMessage: " + refusal + "\r\nWeb Response: \r\n" + `{"status":409}` +
				". This operation was retried 1 times. It will be retried again after this date: 2026-01-05T14:40:00.0000000Z UTC",
		},
		{"no response", provlog.Fault{Why: provlog.WhyNoResponse, About: provlog.About{Detail: "connection refused"}}, "connection refused"},
		{
			"A-32 a code of ours says so",
			provlog.Fault{Why: provlog.WhyExpression, About: provlog.About{Detail: "no such function"}},
			"no such function (a code of this simulator, not of Microsoft)",
		},
		{
			"E-239 a retry",
			provlog.Fault{Why: provlog.WhyTimeout, Retry: &provlog.Retry{Attempts: 2, Next: next}},
			"the target did not respond in time. This operation was retried 2 times. It will be retried again after this date: 2026-01-05T14:40:00.0000000Z UTC",
		},
		{
			"E-238 the last retry",
			provlog.Fault{Why: provlog.WhyTimeout, Retry: &provlog.Retry{Attempts: 7}},
			"the target did not respond in time. This operation was retried 7 times. It will not be retried again",
		},
		{
			"a sentence of an earlier version",
			provlog.Fault{Why: provlog.WhyRecorded, About: provlog.About{Detail: "StatusCode: OK. No."}, Body: "{}"},
			"StatusCode: OK. No. Web Response: {}",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.fault.Sentence(); got != tt.want {
				t.Errorf("Sentence = %q, want %q", got, tt.want)
			}
		})
	}
}
