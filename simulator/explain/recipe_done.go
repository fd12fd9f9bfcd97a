package explain

import "github.com/scimdrill/scimdrill/simulator/provlog"

// done are the situations in which nothing fails.
func (s *script) done(f *Facts, cause string) bool {
	switch cause {
	case Created:
	case Updated, Disabled, Deleted:
		s.change(f)
	case NoChange:
		if f.retried { // the write took effect, but its response was lost
			path := "/Users"
			if s.kind == "group" {
				path = "/Groups"
			}
			s.length = "2h"
			s.event("0s", "faults", "lost=1 on POST "+path+" for 10m")
			break
		}
		if f.Action == provlog.Other || f.Action == provlog.Update {
			s.event("10m", "source", s.unmapped())
		}
	case Held:
		s.options = append(s.options, `preventAccidentalDeletion: "true"`, `deleteThreshold: "1"`, "notificationEmail: identity@contoso.example")
		s.users = append(s.users, "user: other, name: Olga Other")
		s.event("10m", "source", "[{unassign: person}, {unassign: other}]")
		s.ends = []string{"quarantine"}
		if s.kind == "group" {
			return false
		}
	case Reference:
		return s.left(f)
	default:
		return false
	}
	return true
}

// left is an object whose manager or member is not provisioned.
func (s *script) left(f *Facts) bool {
	s.users = []string{"user: person, name: Pat Person, manager: boss", "user: boss, name: Bo Boss, assigned: false"}
	if s.kind == "group" {
		s.users = []string{"user: person, name: Pat Person", "user: boss, name: Bo Boss, accountEnabled: false"}
		s.groups = []string{"group: team, name: Team, members: [person, boss]"}
		if f.Action == provlog.Other {
			// Nobody is left to write, in the first cycle and when it is repeated.
			s.users[1], s.length, s.ends = "user: boss, name: Bo Boss", "2h", []string{"escrows"}
			s.event("0s", "target", "status 500 on POST /Users")
		}
	}
	if f.Status == provlog.Failure {
		s.users[1] = "user: boss, name: Bo Boss"
		s.event("0s", "target", "status 500 on POST /Users for 10m")
		s.ends = []string{"escrows"}
	}
	return true
}

// unmapped changes an attribute that no mapping reads.
func (s *script) unmapped() string {
	if s.kind == "group" {
		return "[{group: team, description: changed}]"
	}
	return "[{user: person, ageGroup: Adult}]"
}

// change is the change of the source that leads to the action, ten minutes after the start.
func (s *script) change(f *Facts) {
	at := "10m"
	switch {
	case f.Action == provlog.Delete && s.kind == "group":
		s.event(at, "source", "[{group: team, removed: deleted}]")
	case f.Action == provlog.Delete:
		s.event(at, "source", "[{user: person, removed: deleted}]")
	case f.Action == provlog.Disable && f.Scoped.Unassigned:
		s.event(at, "source", "[{unassign: person}]")
	case f.Action == provlog.Disable && f.Scoped.Filtered && !f.Scoped.Inactive:
		s.users[0] += ", department: Inside"
		s.users[1] += ", department: Inside"
		s.schema = append(s.schema, "filter: {User: [department EQUALS Inside]}")
		s.event(at, "source", "[{user: person, department: Outside}]")
	case f.Action == provlog.Disable:
		s.event(at, "source", "[{user: person, accountEnabled: false}]")
	case f.manager:
		s.event(at, "source", "[{user: person, manager: colleague}]")
	case f.members:
		s.users = append(s.users, "user: member, name: Mo Member")
		s.event(at, "source", "[{group: team, add: [member]}]")
	case s.kind == "group":
		s.event(at, "source", "[{group: team, displayName: 'Renamed {run}'}]")
	default:
		s.event(at, "source", "[{user: person, surname: Renamed}]")
	}
}
