package scimclient

import (
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Failure describes a request without a usable response (E-325, A-37).
type Failure struct {
	provlog.Fault

	// Nature is set if the failure puts the job in quarantine regardless of the counts:
	// credentials, or 404 for a query (E-250).
	Nature bool
	// Stop is set if the run must end: cancelled, or stopped by the guard.
	Stop error
}

// Failed is a failure with only a fault.
func Failed(f provlog.Fault) *Failure { return &Failure{Fault: f} }

// Stopped is the failure of a run that must end.
func Stopped(err error) *Failure {
	return &Failure{
		Fault: provlog.Fault{Code: provlog.CodeProtocolError, Why: provlog.WhyStopped, About: provlog.About{Detail: err.Error()}},
		Stop:  err,
	}
}

// Error is the code and the reason.
func (f *Failure) Error() string { return f.Code + ": " + f.Line() }

// purpose is what a request is for; the same status means different things to each.
type purpose int

const (
	query  purpose = iota // of a collection
	object                // to one resource by its id
	update                // of one resource
	create
)

// refused turns an error status into a failure.
func (c *Client) refused(status int, body []byte, p purpose) *Failure {
	f := Failed(provlog.Fault{Code: codeOf(status), Why: provlog.WhyRefused, Status: status, Body: c.quote(body)})
	switch {
	case status >= 300 && status < 400:
		f.Why, f.Body = provlog.WhyRedirected, ""
	case status >= 200 && status < 300:
		f.Why = provlog.WhyUnexpectedStatus
	case status == http.StatusNotFound && p == query:
		f.Code, f.Why, f.Nature = provlog.CodeServiceIncompatible, provlog.WhyQueryNotFound, true
	case status == http.StatusNotFound && p == create:
		f.Code = provlog.CodeServiceIncompatible // there is no anchor yet that could be invalid (inferred)
	case status == http.StatusBadRequest && p == update && c.badPatch != "":
		f.Code = c.badPatch // W-107
	case status == http.StatusBadRequest && p == create:
		f.Code = c.badCreate
	case status == http.StatusConflict && p == create:
		f.Code = c.conflict
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

// incompatible is a response that came and cannot be used.
func (c *Client) incompatible(status int, why provlog.Why, body []byte) *Failure {
	return Failed(provlog.Fault{Code: provlog.CodeServiceIncompatible, Why: why, Status: status, Body: c.quote(body)})
}

// unanswered is a request without a response; classes only, no addresses (decisions: determinism).
func (c *Client) unanswered(x *exchange.Exchange) *Failure {
	switch x.Failure {
	case exchange.FailureCancelled:
		return Stopped(errCancelled)
	case exchange.FailureCredentials:
		return &Failure{
			Fault:  provlog.Fault{Code: provlog.CodeInvalidCredentials, Why: provlog.WhyNoToken, About: provlog.About{Detail: x.Why}},
			Nature: true,
		}
	case exchange.FailureTimeout:
		return Failed(provlog.Fault{Code: provlog.CodeTimeout, Why: provlog.WhyTimeout})
	case exchange.FailureBodyTooLarge:
		return Failed(provlog.Fault{Code: provlog.CodeServiceIncompatible, Why: provlog.WhyTooLarge, Status: x.Status})
	case exchange.FailureJSONTooLarge:
		return Failed(provlog.Fault{Code: provlog.CodeServiceIncompatible, Why: provlog.WhyNoResponse, Status: x.Status, About: provlog.About{Detail: x.Why}})
	default:
		what, _ := x.Failure.Meaning()
		if x.Why != "" {
			what += ": " + x.Why
		}
		return Failed(provlog.Fault{Code: provlog.CodeProtocolError, Why: provlog.WhyNoResponse, About: provlog.About{Detail: what}})
	}
}

// quote shortens a body for the log and takes secrets out, and the URL that the target is
// reached at, on which no log depends.
func (c *Client) quote(body []byte) string {
	const limit = 1000
	if len(body) == 0 {
		return ""
	}
	text := c.redact.Cut(strings.ToValidUTF8(string(body[:min(len(body), 4*limit)]), "\uFFFD"))
	return exchange.Shorten(strings.ReplaceAll(text, c.base, "{target}"), limit)
}
