package provlog

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
)

// Sentence is the fault in the words of the log, with the quoted response and the
// time of the next retry, in the lines of the service (E-313, E-239).
func (f *Fault) Sentence() string {
	text := f.Brief()
	switch {
	case f.answered():
		text = "StatusCode: " + statusName(f.Status) + "\r\nMessage: " + f.message()
		switch {
		case f.Why == WhyRefused:
			text += "\r\nWeb Response: \r\n" + f.Body
		case f.quotes():
			text += "\r\nWeb Response: \r\n" + cmp.Or(f.Body, "(empty)")
		}
	case f.quotes():
		text += " Web Response: " + f.Body // as an earlier version stored it
	}
	if f.Retry == nil {
		return text
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text + f.Retry.sentence()
}

// message is what the service says about a response: of one that the target refused with, what
// .NET says; of any other its flaw.
func (f *Fault) message() string {
	if f.Why == WhyRefused {
		return "Processing of the HTTP request resulted in an exception. Please see the HTTP response returned by the 'Response' property of this exception for details."
	}
	return f.Why.text(&f.About)
}

// Line is the fault on one line, for people: the sentence of this program with the quoted
// response, without the time of the next retry.
func (f *Fault) Line() string {
	if !f.quotes() {
		return f.Brief()
	}
	return f.Brief() + " Web Response: " + cmp.Or(f.Body, "(empty)")
}

// Unquoted is the sentence without the quoted response.
func (f *Fault) Unquoted() string {
	if f.Retry == nil {
		return f.Brief()
	}
	return strings.TrimSuffix(f.Brief(), ".") + "." + f.Retry.sentence()
}

// Brief is the sentence alone, without response and retry.
func (f *Fault) Brief() string {
	text := f.Why.text(&f.About)
	if f.answered() {
		text = "StatusCode: " + statusName(f.Status) + ". " + text
	}
	return text
}

// answered reports that the sentence begins with the status of a response.
func (f *Fault) answered() bool {
	return f.Why == WhyRedirected || f.Why == WhyPlanDeleted || f.quotes() && f.Why != WhyRecorded
}

// quotes reports that the sentence quotes a response.
func (f *Fault) quotes() bool {
	switch f.Why { //nolint:exhaustive // the others quote nothing
	case WhyRefused, WhyUnexpectedStatus, WhyQueryNotFound,
		WhyListNoJSON, WhyListNoTotal, WhyListNoID, WhyListEmpty,
		WhySeveralResources, WhyOtherResource, WhyNoObject, WhyNoID, WhyLongID:
		return true
	case WhyRecorded:
		return f.Body != ""
	}
	return false
}

// text is the sentence of a reason.
func (w Why) text(about *About) string {
	switch w { //nolint:exhaustive // the others are in ours
	case WhyRefused:
		return "The target refused the request."
	case WhyRedirected:
		return "Redirects are not followed; the tenant URL must be the final URL"
	case WhyUnexpectedStatus:
		return "This status is not valid for this request."
	case WhyQueryNotFound:
		return "A query without matches must return 200 and an empty list."
	case WhyListNoJSON, WhyListNoTotal, WhyListNoID, WhyListEmpty:
		return "The response to a query is not a ListResponse: " + w.flaw(about.Number) + "."
	case WhySeveralResources:
		return "A read by id returned several resources."
	case WhyOtherResource:
		return "A read by id returned another resource."
	case WhyNoObject:
		return "The response is not a JSON object."
	case WhyLongID:
		return "The id in the response is longer than the limit of 4,096 bytes."
	case WhyNoID:
		return "The response has no id that is a non-empty string."
	case WhyTooLarge:
		return "the response is larger than the limit and was not read completely"
	case WhyTimeout:
		return "the target did not respond in time"
	case WhyNoToken:
		return "no access token: " + about.Detail
	}
	return w.ours(about)
}

// flaw is the flaw of a ListResponse.
func (w Why) flaw(number int) string {
	switch w { //nolint:exhaustive // those of a list only
	case WhyListNoTotal:
		return "totalResults is missing"
	case WhyListNoID:
		return fmt.Sprintf("entry %d of Resources has no id that is a non-empty string", number)
	case WhyListEmpty:
		return fmt.Sprintf("totalResults is %d and Resources is empty", number)
	}
	return "it is not valid JSON of that form"
}

// ownCode marks a code that is not Microsoft's.
const ownCode = " (a code of this simulator, not of Microsoft)"

// ours is the sentence of a reason on our side.
func (w Why) ours(about *About) string {
	switch w { //nolint:exhaustive // the others are in text, or are their detail
	case WhyNoValue:
		return "the required attribute " + about.Attribute + " has no value and no default"
	case WhyCharacter:
		return fmt.Sprintf("%s %q holds one of the characters %q, which this configuration does not send in a query", about.Attribute, about.Value, about.Detail) + ownCode
	case WhySeveralMatches:
		return fmt.Sprintf("%d objects in the target match %s eq %q; the match is ambiguous, so nothing is written", about.Number, about.Attribute, about.Value)
	case WhyLinked:
		return "the object '" + about.TargetID + "' of the target is already linked to another source object"
	case WhyNotProvisioned:
		return about.SourceID + " is not in the target yet"
	case WhyExpression, WhyFilter:
		return about.Detail + ownCode
	case WhySameRoles:
		return "several app roles of the application have the display name '" + about.Value + "'" + ownCode
	case WhyPlanDeleted:
		return "The plan deleted the object before"
	case WhyPlanCreate:
		return "the body of the create is not a JSON object: " + about.Detail
	case WhyPlanUpdate:
		return "the body of the update is not valid: " + about.Detail
	}
	return about.Detail // of a stopped run, a missing response, several values, an earlier version
}

func (r *Retry) sentence() string {
	if r.Next.IsZero() {
		return fmt.Sprintf(" This operation was retried %d times. It will not be retried again", r.Attempts)
	}
	return fmt.Sprintf(" This operation was retried %d times. It will be retried again after this date: %s UTC",
		r.Attempts, ticks(r.Next))
}

// statusName is .NET's name of a status code, as the log of the service spells it (G-39).
func statusName(status int) string {
	return strings.ReplaceAll(http.StatusText(status), " ", "")
}

// Info is the fault as the log shows it (E-313).
func (f *Fault) Info() *ErrorInfo {
	return &ErrorInfo{ErrorCode: f.Code, Reason: f.Sentence(), ErrorCategory: f.category()}
}

// category tells the target's failures from those of the configuration (G-36).
func (f *Fault) category() ErrorCategory {
	switch f.Code {
	case CodeMappingError, CodeMissingFields, CodeSeveralValues, CodeDuplicateSource, CodeIncompatibleFiltering:
		return CategoryNonServiceFailure
	}
	return CategoryFailure
}
