package explain

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// responded are the situations in which the endpoint responds as the log says.
func (s *script) responded(f *Facts, cause string) bool {
	method, path := s.request(f)
	if method == "" {
		return false
	}
	s.ends, s.length = []string{"escrows"}, "2h"
	start := "0s"
	if f.Action != provlog.Create {
		s.change(f)
		start = "5m"
	}
	quoted := f.Response != nil && f.Response.Status >= 400
	switch cause {
	case Timeout:
		if quoted {
			s.event(start, "target", fmt.Sprintf("status %d on %s %s", f.Response.Status, method, path))
			break
		}
		s.event(start, "faults", fmt.Sprintf("latency=1:90s on %s %s for 2h", method, path))
	case Unreachable:
		s.event(start, "faults", fmt.Sprintf("reset-before=1 on %s %s for 2h", method, path))
	case Unreadable:
		if quoted {
			s.event(start, "target", fmt.Sprintf("status %d on %s %s", f.Response.Status, method, path))
			break
		}
		s.event(start, "faults", fmt.Sprintf("corrupted=1 on %s %s for 2h", method, path))
	case EmptySearch, Filtering:
		return s.query(f, start)
	default:
		status := statusFor(f)
		if status == 0 {
			return false
		}
		if f.stepped && !f.exported {
			return s.query(f, start)
		}
		s.event(start, "target", fmt.Sprintf("status %d on %s %s", status, method, path))
	}
	return true
}

// query is an endpoint whose reads fail after the preflight, which would stop the cycle. Each
// response takes two seconds, so the reads of the objects come later.
func (s *script) query(f *Facts, start string) bool {
	status := statusFor(f)
	if status == 0 {
		status = 400
	}
	_, path := s.request(f)
	s.event("0s", "target", "slow 2s")
	at := "1s"
	if start != "0s" {
		at = "40m1s"
	}
	s.event(at, "target", fmt.Sprintf("status %d on GET %s for 10m", status, path))
	return true
}

// request is the request that the entry is about; "" if it is none.
func (s *script) request(f *Facts) (method, path string) {
	path = "/Users"
	if s.kind == "group" {
		path = "/Groups"
	}
	switch f.Action { //nolint:exhaustive // other entries send nothing
	case provlog.Create:
		return "POST", path
	case provlog.Update, provlog.Disable:
		return "PATCH", path
	case provlog.Delete:
		return "DELETE", path
	}
	return "", ""
}
