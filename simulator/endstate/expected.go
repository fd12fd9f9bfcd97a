package endstate

// The types of objects.
const (
	User  = "User"
	Group = "Group"
)

// Ref names an object in source and target.
type Ref struct {
	Type   string `json:"type"`
	ID     string `json:"id,omitempty"`     // in the source
	Name   string `json:"name,omitempty"`   // for people
	Target string `json:"target,omitempty"` // id in the target, "" if it is not known
}

// Presence is how an object should be found in the target.
type Presence uint8

// The zero value is Present.
const (
	Present  Presence = iota
	Disabled          // present and inactive, or gone
	Gone              // deleted
)

// Known is what the client itself knows of a difference: it explains the difference, but does not excuse it.
type Known struct {
	// GivenUp means that the client tried until its time was over (E-237).
	GivenUp bool
	// NeverTried means that the client never sent it.
	NeverTried bool
	// Why is the reason in a few words, such as the last error.
	Why string
}

// Expected is what the target should hold of one object.
type Expected struct {
	Ref

	Presence Presence
	// Matching are the attributes that identify the object, the most important first.
	Matching []Match
	// Mark is the value by which the client marks its objects, such as externalId, where it is not
	// among Matching. The zero value is none.
	Mark Match
	// Former are matching values that the object had before the client renamed it.
	Former []Match
	// Attributes are the values that were to be written.
	Attributes []Attribute
	// Active is the expected value of active; nil compares nothing.
	Active *bool
	// Manager is the expected manager; nil compares nothing.
	Manager *Reference
	// NoManager is the path of a manager that must not be there: the client took the last one away,
	// or never sent one. "" compares nothing.
	NoManager string
	// Members are the expected members of a group.
	Members []Reference
	// AnyMembers means that the members of the group are not compared.
	AnyMembers bool
	// OtherMembers means that the group may have other members besides.
	OtherMembers bool
	// Known explains why the object may be missing.
	Known Known
	// After is what was done to the object and may explain differences, such as AfterRemoval.
	After string
}

// AfterRemoval means that members were removed from the group.
const AfterRemoval = "removal of members"

// Match is a matching attribute and its value.
type Match struct {
	Path, Value string
	CaseExact   bool
}

// Attribute is a mapped attribute and its values in the source.
type Attribute struct {
	Path string // target path, such as name.givenName
	Want []string
	// Former are values from before that must not be there any more. Without Want, nothing else is compared.
	Former []string
	// Exact means that the target may hold no other values of a list.
	Exact bool
	// Many means that the target may hold other values besides.
	Many      bool
	CaseExact bool
	// Concealed keeps the values out of every report.
	Concealed bool
	// Changed means that the client changed the value after it made the object.
	Changed bool
}

// Reference is a manager or a member.
type Reference struct {
	Ref

	// Path is the target path of a manager.
	Path string
	// Optional means that the reference may be there or not.
	Optional bool
	// Known explains why the reference may be missing.
	Known Known
}

// collection is the endpoint of a type.
func collection(kind string) string { return kind + "s" }
