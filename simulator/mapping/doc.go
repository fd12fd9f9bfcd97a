// Package mapping turns an object mapping of a schema into values for the target: what a
// create carries and what an update has to change.
//
// Compile checks a mapping once and parses its expressions. For each object the steps are
// Evaluate, which gives one Value for each attribute, then either Create, which keeps what
// a POST carries, or Diff, which compares with what the target returned and gives the
// changes of one PATCH. References (manager, members) are compiled too and left out of all
// three: they are resolved to target ids and written later (E-135).
//
// Neighbours: simulator/syncschema holds the mapping, simulator/expression its sources,
// simulator/scim reads the target's resource; simulator/dialect turns values and changes
// into request bodies, simulator/cycle calls everything in order. No package here knows HTTP.
//
// For example, a user whose department became "R&D" while the target still says "Sales"
// gives one Change: Replace on the department, old and new value with it.
//
// # Decisions
//
// 2026-11-24: values are compared as strings, without regard to case unless the attribute
// is caseExact (A-28, E-127). A Boolean equals its JSON form and both spellings of its
// string, because the wire has all three.
//
// 2026-11-24: a default is for the create only; that of a mapping without a source also
// fills a target attribute that holds nothing.
//
// 2026-11-24: an empty string is a value and not null. It is sent when an expression gives
// one and the target holds something, and is no difference to an absent attribute (W-51).
//
// 2026-11-24: of a multi-valued attribute only values that the target lacks are sent, as an
// Add; values that left the source stay in the target (W-65).
//
// 2026-11-24: FlowAlways flows with every update of an object that is looked at, changed or
// not; Graph names it and says no more (E-114, inferred). MultiValueAddOnly and ValueAddOnly
// are what happens anyway: nothing is taken away from a list (E-113, W-65).
//
// 2026-11-24: a role counts as present when the target holds its value, or the packed form in
// which one kind of PATCH leaves it (W-66); it is then not sent again. Assertive roles
// are compared as a set, and one that is too many replaces the list (E-148).
package mapping
