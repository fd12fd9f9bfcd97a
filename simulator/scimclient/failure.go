package scimclient

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Failure is why a request brought nothing usable, in Microsoft's words (E-325, A-37).
type Failure struct {
	Code   string
	Reason string
	// Status is the HTTP status, 0 when no answer came.
	Status int
	// Nature is set when the failure puts the job in quarantine whatever the counts
	// say: credentials, or 404 to a query (E-250).
	Nature bool
	// Stop is set when the run must end: cancelled, or the guard spoke.
	Stop error
}

// Error is the code and the reason.
func (f *Failure) Error() string { return f.Code + ": " + f.Reason }

// purpose is what a request is for; the same status means different things to each.
type purpose int

const (
	query  purpose = iota // of a collection
	object                // to one resource by its id
	update                // of one resource
	create
)

// refused turns a status that is no success into a failure.
func (c *Client) refused(status int, body []byte, p purpose) *Failure {
	f := &Failure{Status: status, Code: codeOf(status), Reason: fmt.Sprintf(
		"StatusCode: %s. The target refused the request. Web Response: %s", statusName(status), c.quote(body))}
	switch {
	case status >= 300 && status < 400:
		f.Reason = fmt.Sprintf("StatusCode: %s. Redirects are not followed; the tenant URL must be the place itself", statusName(status))
	case status >= 200 && status < 300:
		f.Reason = fmt.Sprintf("StatusCode: %s. This status is no answer to such a request. Web Response: %s", statusName(status), c.quote(body))
	case status == http.StatusNotFound && p == query:
		f.Code, f.Nature = provlog.CodeServiceIncompatible, true
		f.Reason = "StatusCode: NotFound. A query that finds nothing must be answered with 200 and an empty list. Web Response: " + c.quote(body)
	case status == http.StatusNotFound && p == create:
		f.Code = provlog.CodeServiceIncompatible // there is no anchor yet that could be invalid (inferred)
	case status == http.StatusBadRequest && p == update && c.badPatch != "":
		f.Code = c.badPatch // W-107
	case status == http.StatusConflict && p == update:
		f.Code = provlog.CodeIncompatibleFiltering // E-242, W-107
	}
	return f
}

func codeOf(status int) string {
	switch {
	case status == http.StatusBadRequest:
		return provlog.CodeBadRequest
	case status == http.StatusUnauthorized:
		return provlog.CodeUnauthorized
	case status == http.StatusForbidden:
		return provlog.CodeInsufficientRights
	case status == http.StatusNotFound:
		return provlog.CodeInvalidAnchor
	case status == http.StatusMethodNotAllowed:
		return provlog.CodeMethodNotAllowed
	case status == http.StatusConflict:
		return provlog.CodeEntryConflict
	case status == http.StatusUnprocessableEntity:
		return provlog.CodeUnprocessableEntity
	case status == http.StatusTooManyRequests:
		return provlog.CodeTooManyRequests
	case status == http.StatusNotImplemented:
		return provlog.CodeNotImplemented
	case status >= 500:
		return provlog.CodeInternalServerError
	}
	return provlog.CodeServiceIncompatible
}

// incompatible is an answer that came and cannot be used.
func (c *Client) incompatible(status int, why string, body []byte) *Failure {
	return &Failure{
		Code: provlog.CodeServiceIncompatible, Status: status,
		Reason: fmt.Sprintf("StatusCode: %s. %s%s. Web Response: %s", statusName(status), strings.ToUpper(why[:1]), why[1:], c.quote(body)),
	}
}

// unanswered is a request without an answer; classes only, no addresses (decisions: determinism).
func (c *Client) unanswered(x *exchange.Exchange) *Failure {
	switch x.Failure {
	case exchange.FailureCancelled:
		return &Failure{Code: provlog.CodeProtocolError, Reason: "the run was stopped", Stop: errCancelled}
	case exchange.FailureCredentials:
		return &Failure{Code: provlog.CodeInvalidCredentials, Reason: "no access token: " + x.Why, Nature: true}
	case exchange.FailureTimeout:
		return &Failure{Code: provlog.CodeTimeout, Reason: "the target did not answer in time"}
	case exchange.FailureBodyTooLarge:
		return &Failure{Code: provlog.CodeServiceIncompatible, Status: x.Status, Reason: "the answer is larger than the limit and was not read to its end"}
	default:
		what, _ := x.Failure.Meaning()
		if x.Why != "" {
			what += ": " + x.Why
		}
		return &Failure{Code: provlog.CodeProtocolError, Reason: what}
	}
}

func stopped(err error) *Failure {
	return &Failure{Code: provlog.CodeProtocolError, Reason: err.Error(), Stop: err}
}

// quote shortens a body for the log and takes secrets out, and the URL that the target is
// reached at, on which no log depends.
func (c *Client) quote(body []byte) string {
	const limit = 1000
	if len(body) == 0 {
		return "(empty)"
	}
	text := c.redact.Text(strings.ToValidUTF8(string(body[:min(len(body), 4*limit)]), "\uFFFD"))
	text = strings.ReplaceAll(text, c.base, "{target}")
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return text
}
