package explain

import "github.com/scimdrill/scimdrill/simulator/provlog"

// scoped are the situations in which an object is left alone on purpose.
func (s *script) scoped(f *Facts, cause string) bool {
	if f.Status != provlog.Skipped {
		return false
	}
	switch cause {
	case Unassigned, OutOfScope:
		s.object("assigned: false")
		s.surely()
	case Inactive:
		if s.kind == "group" {
			return false
		}
		s.object("accountEnabled: false")
	case NoRole:
		if s.kind == "group" {
			s.object("securityEnabled: false")
			break
		}
		s.object("assigned: false")
		s.surely()
	case Filtered:
		if s.kind == "group" {
			s.schema = append(s.schema, "filter: {Group: [displayName EQUALS Other]}")
			break
		}
		s.object("department: Outside")
		s.users[1] += ", department: Inside"
		s.schema = append(s.schema, "filter: {User: [department EQUALS Inside]}")
	case Configured:
		return s.configured(f)
	default:
		return false
	}
	return true
}

// object adds properties to the subject.
func (s *script) object(properties string) {
	if s.kind == "group" {
		s.groups[0] += ", " + properties
		return
	}
	s.users[0] += ", " + properties
}

// surely changes the object after the first cycle: the service looks at it again.
func (s *script) surely() {
	if s.kind == "group" {
		s.event("10m", "source", "[{group: team, description: changed}]")
		return
	}
	s.event("10m", "source", "[{user: person, surname: Renamed}]")
}

// configured switches an action off, that of the entry if it says which.
func (s *script) configured(f *Facts) bool {
	kind := "User"
	if s.kind == "group" {
		kind = "Group"
	}
	switch f.Action {
	case provlog.Update, provlog.Disable:
		s.schema = append(s.schema, "actions: {"+kind+": 'Add,Delete'}")
		s.change(f)
	case provlog.Delete:
		s.schema = append(s.schema, "actions: {"+kind+": 'Add,Update'}")
		s.change(f)
	default:
		s.schema = append(s.schema, "actions: {"+kind+": 'Update,Delete'}")
	}
	return true
}
