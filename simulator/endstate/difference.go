package endstate

// Kind is the kind of a difference.
type Kind string

// The kinds of differences, in the order in which they are reported.
const (
	Missing          Kind = "missing"          // an object is not in the target
	GivenUp          Kind = "givenUp"          // it is not there, and the client stopped trying (E-237)
	Doubled          Kind = "doubled"          // it is there more than once
	LeftBehind       Kind = "leftBehind"       // another one has the name from before a rename
	ShouldBeDisabled Kind = "shouldBeDisabled" // it is active and should not be
	ShouldBeGone     Kind = "shouldBeGone"     // it was deleted and is still there
	MemberMissing    Kind = "memberMissing"
	MemberExtra      Kind = "memberExtra"
	MemberLeft       Kind = "memberLeft"  // a member that was deleted
	MemberTwice      Kind = "memberTwice" // one member is there more than once
	ManagerWrong     Kind = "managerWrong"
	ManagerExtra     Kind = "managerExtra" // a manager, and the directory has none
	NotAsMapped      Kind = "notAsMapped"  // a value differs
	NotKept          Kind = "notKept"      // the target keeps no value of an attribute, of anybody
	OtherForm        Kind = "otherForm"    // a value in another legal form, such as a canonical phone number
	NeverTried       Kind = "neverTried"   // it is not there, and the client never sent it
)

// Kinds returns the kinds in the order in which they are reported.
func Kinds() []Kind {
	return []Kind{
		Missing, GivenUp, Doubled, LeftBehind, ShouldBeDisabled, ShouldBeGone, MemberMissing, MemberExtra, MemberTwice, MemberLeft, ManagerWrong, ManagerExtra,
		NotAsMapped, NotKept, OtherForm, NeverTried,
	}
}

// Fails reports whether a difference of the kind means that the target is wrong.
func (k Kind) Fails() bool { return k != OtherForm && k != NeverTried && k != MemberLeft }

// Difference is one difference between the target and what is expected.
type Difference struct {
	Kind   Kind `json:"kind"`
	Object Ref  `json:"object"`
	// Path is the attribute, with the values that were expected and found.
	Path string `json:"path,omitempty"`
	Want string `json:"want,omitempty"`
	Got  string `json:"got,omitempty"`
	// Other is the member or the manager.
	Other *Ref `json:"other,omitempty"`
	// After is what was done to the object before, if it may explain the difference.
	After string `json:"after,omitempty"`
	// IDs are the target ids of an object that is there more than once.
	IDs []string `json:"ids,omitempty"`
	// Why is what the client knows of the reason.
	Why string `json:"why,omitempty"`
	// Count is the number of objects of a difference that is reported once for all of them.
	Count int `json:"count,omitempty"`
}

// Finding groups the differences of one kind, one type of object, and one attribute.
type Finding struct {
	Kind Kind
	Type string
	Path string
	// Count is the number of differences; Objects is the number of objects that have one.
	Count, Objects int
	// Examples are the first differences.
	Examples []Difference

	last string // the object of the last difference
}

// Result is the outcome of a comparison.
type Result struct {
	Users, Groups int // compared
	Requests      int
	// Findings are in the order of Kinds.
	Findings []Finding
	// Unverified is the number of objects that could not be compared; Why says why.
	Unverified int
	Why        []string
	// Impossible says why nothing could be compared, or is empty.
	Impossible string
	// Notes are remarks on the target, such as lists that are cut.
	Notes []string
}

// Fails reports whether a finding means that the target is wrong.
func (r *Result) Fails() bool {
	for _, f := range r.Findings {
		if f.Kind.Fails() {
			return true
		}
	}
	return false
}
