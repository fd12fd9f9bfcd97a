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
// # Decisions
//
// 2026-11-24: the typed fields are a view on the document, and MarshalJSON writes the
// document. A new year's properties then survive a round trip in their order, and there is
// no second list of properties to keep in step. Who wants another schema changes the JSON
// and parses it again, as Graph's PUT replaces the whole (G-25).
//
// 2026-11-24: what holds in real exports is a warning and what no cycle can run with is an
// error (G-52): Microsoft's own how-to shows partial documents. Rules that are not run give
// warnings only, because they must never stop the one that is (G-50).
//
// 2026-11-24: a target counts as SCIM when a mapping of the rule writes to a SCIM object
// name or maps userName. Exports do not say it otherwise; an Entra rule to Salesforce's own
// API has the same form.
//
// 2026-11-24: a scoping filter with a multi-valued attribute, or an operator beside the
// documented types, is a warning: the portal refuses it, but a schema may hold it and it
// can be evaluated (A-41, and Microsoft's own sample compares a Boolean with EQUALS, G-18).
// An attribute or operator that the service is known not to have is an error (E-81, E-82).
// That a binary operator takes exactly one value is inferred: no export shows two.
//
// 2026-11-24: Hash leaves out @odata annotations and the order of members, so that the same
// schema fetched twice is the same; the version counts, as it changes at each save (G-12).
package syncschema
