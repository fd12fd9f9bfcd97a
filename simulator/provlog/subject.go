package provlog

// Subject is how the sentences of an entry name its object and the two systems. The service
// calls the systems by their names, such as Dropbox, never "the target" (E-315, A-50).
type Subject struct {
	// Kind is "User" or "Group".
	Kind string
	// ID identifies the object to people: the ReportableIdentifier of the log.
	ID string
	// Source and Target are the names of the two systems.
	Source, Target string
}

// object is the object in a sentence: User 'ada@contoso.test'.
func (s *Subject) object() string { return s.Kind + " '" + s.ID + "'" }

// identified are the details that only identify the object.
func (s *Subject) identified() Details {
	return Details{{Key: "ReportableIdentifier", Value: s.ID}}
}
