package filtermodel

// Answer says whether a filter selects a resource.
type Answer int

// The answers.
const (
	// No: the filter must not select the resource.
	No Answer = iota
	// Missing is No because the resource lacks the attribute. What `not` and `ne` make of that
	// is Open: databases differ.
	Missing
	// Open: the RFC allows both.
	Open
	// Yes: the filter must select the resource.
	Yes
)

// Letters says how an endpoint compares the letter case of an attribute.
type Letters int

// The ways to compare letters.
const (
	Either Letters = iota // not known: both are right
	Exact                 // caseExact is true
	Folded                // caseExact is false
)

// differ is the answer for strings that differ in letter case only.
func (l Letters) differ() Answer {
	switch l {
	case Exact:
		return No
	case Folded:
		return Yes
	case Either:
	}
	return Open
}
