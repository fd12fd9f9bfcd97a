package survey

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Survey is what is known of an endpoint. The zero Survey assumes everything.
type Survey struct {
	// Asked reports whether the endpoint was asked. Otherwise, everything counts as kept.
	Asked bool
	// Declared are the features of /ServiceProviderConfig: true, false, or missing if not said.
	Declared map[string]bool
	// Documents are the discovery endpoints that returned a list or an object.
	Documents []string
	Users     Resource
	Groups    Resource
	// Patch, Put and Filter say whether the plainest request of that kind works.
	Patch, Put, Filter Ability
	// Capital reports that only capitalized ops work.
	Capital bool
	// Delays are the reads that showed a write later than at once.
	Delays []Delay
	// EmptyMissing reports that an empty list had status 404, although users can be made.
	EmptyMissing bool
	// Bulk is how many objects one bulk request may create or remove to spare requests, or 0.
	Bulk int
	// Options are what the caller knows of the endpoint.
	Options Options
	// Exchanges are the requests of the survey, masked.
	Exchanges []*exchange.Exchange
	// Stop is not nil if nothing can be judged.
	Stop *Stop
}

// Ability is what a first try of a feature showed.
type Ability struct {
	// Works is false if the feature failed; Why says how, for people.
	Works bool
	Why   string
	// Fact is the failure.
	Fact fact.Fact
}

// Resource is a resource type.
type Resource struct {
	// Name is "User" or "Group".
	Name string
	// Declared reports that /ResourceTypes or /Schemas lists it. Described reports that /Schemas
	// does, with its attributes.
	Declared, Described bool
	// There reports whether the endpoint answers; Why says what came otherwise.
	There bool
	Why   string
	Fact  fact.Fact
	// Unlisted says why a list without a filter is refused, if one with a filter is not, and Refusal
	// is the status.
	Unlisted string
	Refusal  int
	// Stuck reports that a list begins with the same resource whatever startIndex is.
	Stuck bool
	// Made reports whether one could be created.
	Made Ability
	// Echoes reports that the response to the create was what the next read showed.
	Echoes bool
	// Manager reports whether the enterprise extension has a manager, which the survey does not send.
	Manager bool
	// Attributes are its leaves, sorted by path.
	Attributes []Attribute
	// Defaults is what the endpoint gives a resource that was made with what is required only.
	Defaults map[string]any
	// OnRequest reports that members are announced as returned only where a request names them, and
	// Hidden that they are announced as never returned.
	OnRequest, Hidden bool
	// Given are the attributes that clients are announced not to set: the endpoint computes them.
	Given []string
	// Members reports how a group takes members: by POST and by PATCH.
	MembersByPost, MembersByPatch Ability
}

// State is what became of an attribute.
type State string

// The states.
const (
	Unknown State = ""        // not tried
	Kept    State = "kept"    // returned as sent
	Changed State = "changed" // returned with another value
	Dropped State = "dropped" // accepted and not returned
	Refused State = "refused" // the request with it failed
)

// Attribute is one leaf of a resource: "title", "name.givenName", `emails[type eq "work"].value`
// or a path with the URN of an extension.
type Attribute struct {
	Path string
	// Type, Mutability, Returned and Uniqueness are as announced, or as in RFC 7643.
	Type, Mutability, Returned, Uniqueness string
	Required, CaseExact, Multi             bool
	Canonical                              []string
	// Listed reports a leaf below a multi-valued attribute, and Primary one whose elements have
	// a primary flag. Types are the types that elements may have; empty means any.
	Listed, Primary bool
	Types           []string
	// TypeExact reports that the letter case of types is announced to count.
	TypeExact bool
	// Announced reports whether /Schemas lists it, and Mapped whether a mapping sends it.
	Announced, Mapped bool
	// Sent is the value that was sent, and Got the value that came back.
	Sent, Got any
	// Post says what a create did with it, and Patch what a PATCH did.
	Post, Patch State
	// Note quotes the response that refused it.
	Note string
}

// Kept reports whether the endpoint has the attribute: any route shows it.
func (a Attribute) Kept() bool {
	return a.Post == Kept || a.Post == Changed || a.Patch == Kept || a.Patch == Changed
}

// Standard reports an attribute of RFC 7643 or of an extension. One that a service adds to a core
// schema by itself may belong to other clients alone.
func (a Attribute) Standard() bool {
	names := []string{
		"userName", "externalId", "active", "displayName", "name", "title", "nickName", "userType", "locale", "timezone", "preferredLanguage", "profileUrl",
		"emails", "phoneNumbers", "addresses", "roles", "entitlements", "ims", "photos", "x509Certificates", "password", "groups", "members",
	}
	top := resource.Top(a.Path)
	return strings.HasPrefix(strings.ToLower(top), "urn:") || slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, top) })
}

// Long reports a certificate that the endpoint refuses: it is longer than any other value, and an
// endpoint may have a limit.
func (a Attribute) Long() bool {
	return a.Post == Refused && strings.EqualFold(resource.Top(a.Path), "x509Certificates")
}

// Secret reports an attribute that no response has, such as a password.
func (a Attribute) Secret() bool {
	return strings.EqualFold(a.Returned, "never") || strings.EqualFold(a.Mutability, "writeOnly")
}

// Writable reports whether a client may change the attribute.
func (a Attribute) Writable() bool {
	return a.Mutability == "" || strings.EqualFold(a.Mutability, "readWrite")
}

// Find returns the attribute with the given path, or nil. Without asking, it is kept.
func (r Resource) Find(path string) *Attribute {
	i := slices.IndexFunc(r.Attributes, func(a Attribute) bool { return strings.EqualFold(a.Path, path) })
	if i < 0 {
		return nil
	}
	return &r.Attributes[i]
}

// Under returns the leaves below a path: those of an attribute or of an extension.
func (r Resource) Under(path string) []Attribute {
	var out []Attribute
	for _, a := range r.Attributes {
		rest, ok := strings.CutPrefix(strings.ToLower(a.Path), strings.ToLower(path))
		if ok && (rest == "" || strings.ContainsAny(rest[:1], ".[:")) {
			out = append(out, a)
		}
	}
	return out
}

// Lacking is a need that an endpoint does not meet.
type Lacking struct {
	// Name is the attribute or feature.
	Name string
	// Why says it to people.
	Why string
	// Owed reports that the endpoint declares it, or that a mapping sends it. A check that needs
	// it is then blocked by the finding about it, and otherwise not judged.
	Owed bool
}

// Lacks returns what an endpoint lacks of an attribute, or nil. path may name an attribute with
// leaves, of which one must be kept.
func (s *Survey) Lacks(r Resource, path string) *Lacking {
	if !s.Asked {
		return nil
	}
	leaves := r.Under(path)
	if slices.ContainsFunc(leaves, Attribute.Kept) {
		return nil
	}
	name := r.Name + "." + path
	if len(leaves) == 0 {
		return &Lacking{Name: name, Why: "the target does not announce " + path}
	}
	a := leaves[0]
	owed := slices.ContainsFunc(leaves, func(a Attribute) bool { return a.Announced && a.Standard() })
	switch {
	case a.Post == Refused:
		return &Lacking{Name: name, Why: "the target refuses " + path + ": " + cmp.Or(a.Note, "no reason given"), Owed: owed}
	case owed:
		return &Lacking{Name: name, Why: "the target announces " + path + " and does not return it", Owed: true}
	}
	return &Lacking{Name: name, Why: "the target neither announces nor returns " + path}
}

// By returns the exchanges with a method, as evidence.
func (s *Survey) By(method string) []*exchange.Exchange {
	return slices.DeleteFunc(slices.Clone(s.Exchanges), func(x *exchange.Exchange) bool { return x.Method != method })
}

// Last returns the last exchange of the survey, or nil.
func (s *Survey) Last() *exchange.Exchange {
	if len(s.Exchanges) == 0 {
		return nil
	}
	return s.Exchanges[len(s.Exchanges)-1]
}
