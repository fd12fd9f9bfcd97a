package explain

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Reproduce writes a scenario that leads to the same entry: action, status, code and skip reason.
// The error says why there is none.
func Reproduce(x *Explanation) ([]byte, error) {
	s := &script{length: "1h", subject: person, kind: "user"}
	s.users = []string{"user: person, name: Pat Person", "user: colleague, name: Cleo Colleague"}
	if x.Facts.Group {
		s.subject, s.kind = team, "group"
		s.groups = []string{"group: team, name: Team, members: [colleague]"}
	}
	if !s.recipe(x) {
		return nil, fmt.Errorf("no scenario leads to %s (%s, %s): the simulated service cannot be brought into that situation", x.Cause.Key, x.Facts.Action, x.Facts.Status)
	}
	if s.expect == "" {
		s.expect = s.clause(&x.Facts)
	}
	return s.text(x), nil
}

// recipe prepares the situation of a cause.
func (s *script) recipe(x *Explanation) bool {
	f := &x.Facts
	switch {
	case s.done(f, x.Cause.Key), s.scoped(f, x.Cause.Key), s.matched(f, x.Cause.Key), s.mapped(f, x.Cause.Key):
		return true
	case f.Status == provlog.Failure:
		return s.responded(f, x.Cause.Key)
	}
	return false
}

// clause is what the log of the scenario must contain.
func (s *script) clause(f *Facts) string {
	args := []string{s.kind + "=" + s.subject}
	if f.Action != "" {
		args = append(args, "action="+word(string(f.Action)))
	}
	args = append(args, "status="+word(string(f.Status)))
	if f.Code != "" {
		args = append(args, "code="+strings.Join(s.codes(f), "|"))
	} else if f.Skip != "" && f.Status == provlog.Skipped {
		if name, _ := meaning(f.Skip); name != "" {
			args = append(args, "skip="+name)
		}
	}
	return "log(" + strings.Join(args, ", ") + ") >= 1"
}

// codes are the code of the entry and those that the service gives to the same response: it
// changed them over the years, and connectors put prefixes before them.
func (s *script) codes(f *Facts) []string {
	list := []string{word(f.Code)}
	if name, _ := meaning(f.Code); name != f.Code && name != "" {
		list = append(list, name)
	}
	status := statusFor(f)
	var more []string
	switch status {
	case http.StatusBadRequest:
		more = []string{provlog.CodeBadRequest, provlog.CodeServiceIncompatible}
	case http.StatusConflict:
		more = []string{provlog.CodeEntryConflict, provlog.CodeIncompatibleFiltering}
	case http.StatusUnprocessableEntity:
		more = []string{provlog.CodeUnprocessableEntity}
	case http.StatusTooManyRequests:
		more = []string{provlog.CodeTooManyRequests}
	case http.StatusForbidden:
		more = []string{provlog.CodeInsufficientRights}
	}
	if status >= 500 && status != http.StatusNotImplemented {
		more = []string{provlog.CodeInternalServerError}
	}
	for _, c := range more {
		if c != f.Code {
			list = append(list, c)
		}
	}
	return list
}

// statusFor is the HTTP status that leads to the entry: the one that the log quotes, or the one
// that its code stands for.
func statusFor(f *Facts) int {
	if f.Response != nil && f.Response.Status >= 400 {
		return f.Response.Status
	}
	name, cause := meaning(f.Code)
	switch cause {
	case Conflict:
		return http.StatusConflict
	case Filtering:
		return http.StatusConflict
	case Refused:
		if name == provlog.CodeUnprocessableEntity {
			return http.StatusUnprocessableEntity
		}
		return http.StatusBadRequest
	case Forbidden:
		return http.StatusForbidden
	case Credentials:
		return http.StatusUnauthorized
	case Throttled:
		return http.StatusTooManyRequests
	case ServerError:
		return http.StatusInternalServerError
	case Method:
		if name == provlog.CodeNotImplemented {
			return http.StatusNotImplemented
		}
		return http.StatusMethodNotAllowed
	case Unreadable:
		return http.StatusNotFound
	}
	return 0
}
