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
// Decisions: docs/decisions/simulator-mapping.md
package mapping
