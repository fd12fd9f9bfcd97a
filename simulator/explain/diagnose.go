package explain

import (
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// diagnose finds the key of the cause.
func diagnose(f *Facts) string {
	switch f.Status { //nolint:exhaustive // a failure, or a status that is unknown
	case provlog.Success:
		return f.done()
	case provlog.Warning:
		if f.Code == "" && f.Skip == "" {
			return f.done()
		}
	case provlog.Skipped:
		return f.skipped()
	}
	return f.failed()
}

// done is the cause of an entry that succeeded: the source changed.
func (f *Facts) done() string {
	if cause := f.reference(); cause != "" {
		return cause
	}
	switch f.Action { //nolint:exhaustive // anything else succeeded without a change
	case provlog.Create:
		if f.leftOut {
			return LeftOut
		}
		return Created
	case provlog.Update:
		return Updated
	case provlog.Disable:
		return Disabled
	case provlog.Delete:
		return Deleted
	case provlog.StagedDelete:
		return Held
	}
	return NoChange
}

// reference is a manager or a member that was left out (E-44, E-45).
func (f *Facts) reference() string {
	if _, cause := meaning(f.Skip); cause == Reference {
		return Reference
	}
	return ""
}

func (f *Facts) skipped() string {
	if f.Action == provlog.StagedDelete {
		return Held
	}
	_, cause := meaning(f.Skip)
	if cause == "" {
		_, cause = meaning(f.Code)
	}
	switch {
	case cause == OutOfScope, cause == "" && f.Scoped.any():
		return f.outOfScope()
	case cause == Configured && f.Scoped.any():
		return f.outOfScope()
	case cause == "" && f.Property != "":
		return RequiredValue
	case cause == "" && f.Skip == "" && f.Code == "" && !f.stepped:
		return SkippedUntold
	case cause == "":
		return Unknown
	}
	return cause
}

// outOfScope is the first reason that keeps the object out; the others stand in the facts.
func (f *Facts) outOfScope() string {
	switch {
	case f.Scoped.Unassigned:
		return Unassigned
	case f.Scoped.Inactive:
		return Inactive
	case f.Scoped.NoRole:
		return NoRole
	case f.Scoped.Filtered:
		return Filtered
	}
	return OutOfScope
}

func (f *Facts) failed() string {
	if f.Action == provlog.StagedDelete {
		return Held
	}
	code := f.Code
	if code == "" {
		code = f.Skip
	}
	_, cause := meaning(code)
	if cause == "" && f.leftOut {
		return LeftOut
	}
	if strings.Contains(f.Text, "more than one app role assignment") {
		return SeveralRoles // a sentence of the service that has no code of its own
	}
	if f.Response != nil && f.Response.Status != 0 && (cause == "" || general(cause)) {
		if by := f.byStatus(f.Response.Status); by != "" {
			return by
		}
	}
	switch cause {
	case "":
		if code == "" && f.Scoped.any() {
			return f.outOfScope()
		}
		return Unknown
	case Refused:
		return f.refused()
	case Filtering:
		if f.exported {
			return Conflict // E-242
		}
	}
	return cause
}

// byStatus is the cause of a response.
func (f *Facts) byStatus(status int) string {
	switch {
	case status == http.StatusConflict, status == http.StatusPreconditionFailed:
		return Conflict
	case status == http.StatusUnauthorized, status == http.StatusProxyAuthRequired:
		return Credentials
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusNotFound, status == http.StatusGone:
		return f.notFound()
	case status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return Method
	case status == http.StatusUnsupportedMediaType, status == http.StatusNotAcceptable:
		return MediaType
	case status == http.StatusRequestEntityTooLarge:
		return TooLarge
	case status == http.StatusRequestTimeout, status == http.StatusGatewayTimeout:
		return Timeout
	case status == http.StatusTooManyRequests:
		return Throttled
	case status >= 500:
		return ServerError
	case status >= 400:
		return f.refused()
	case status >= 300:
		return Redirected
	case status >= 200:
		if f.Response.Body == "" {
			return ""
		}
		return Unreadable
	}
	return ""
}

// notFound tells a linked object that is gone from a path that never existed.
func (f *Facts) notFound() string {
	switch {
	case f.Action == provlog.Create && f.stepped && !f.exported:
		return EmptySearch
	case f.Action == provlog.Create:
		return WrongPath
	}
	return Gone
}

// refused is a request that the endpoint rejects as wrong, by what it was for.
func (f *Facts) refused() string {
	switch {
	case f.stepped && !f.exported && f.Action == provlog.Create:
		return Filtering
	case f.members, f.Group && f.Action == provlog.Update:
		return RefusedMembers
	case f.Action == provlog.Disable:
		return RefusedDisable
	case f.Action == provlog.Create:
		return RefusedCreate
	case f.Action == provlog.Delete:
		return RefusedDelete
	}
	return RefusedUpdate
}
