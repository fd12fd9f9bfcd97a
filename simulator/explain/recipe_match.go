package explain

// matched are the situations in which the search for the object does not find the one.
func (s *script) matched(f *Facts, cause string) bool {
	group := s.kind == "group"
	switch cause {
	case DuplicateTarget:
		if group {
			return false
		}
		s.defects = []string{"CRE-02"}
		account := "userName: 'person@{run}.example', active: true"
		s.inTarget = []string{account + ", name: {familyName: One}", account + ", name: {familyName: Two}"}
		s.ends = []string{"escrows"}
	case DuplicateSource:
		if group {
			return false
		}
		s.users = []string{"user: colleague, name: Cleo Colleague, mail: 'same@{run}.example'", "user: person, name: Pat Person, mail: 'same@{run}.example'"}
		s.schema = append(s.schema, "map: {User.userName: '[mail]'}")
		s.ends = []string{"escrows"}
	case Gone:
		if f.exported { // it was read, and only the write got 404
			return false
		}
		if group {
			s.event("5m", "byHand", "'DELETE /Groups/{team}'")
		} else {
			s.event("5m", "byHand", "'DELETE /Users/{person}'")
		}
		s.change(f)
		s.ends, s.length = []string{"escrows"}, "2h"
	case NoMatchingValue:
		if group {
			return false
		}
		s.object("userPrincipalName: null")
	default:
		return false
	}
	return true
}
