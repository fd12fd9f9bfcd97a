// Package syncschema reads Microsoft Graph's synchronizationSchema: which objects and
// attributes of the directory go where in the target (G-12 to G-25).
//
// Parse takes what the portal or Graph exports: the bare schema of a job, a template that
// wraps it in "schema", or a listing that wraps it in "value". Missing properties take
// Graph's defaults, enum values are read in any case, and all mistakes of a file are
// reported at once with their places. What was read is written back with nothing lost and
// nothing added, whether this package knows the property or not.
//
// Neighbours: simulator/expression parses the sources of attribute mappings, simulator/scim
// their target names; simulator/mapping compiles an ObjectMapping into what a cycle runs,
// fixtures/profiles holds schemas.
//
// For example, a schema exported from the portal is parsed, Validate lists what would make
// it fail or surprise, and Outbound gives the one rule that a job runs, with a sentence for
// each rule that it leaves out.
//
// Decisions: docs/decisions/simulator-syncschema.md
package syncschema
