// Package scoping says whether an object is in scope of a job and whether the mapping sees
// it as soft-deleted.
//
// Two questions are asked, and each is a pure function, so that every row of the rules is
// one row of a test. Filter evaluates the attribute filters of an object mapping (E-75 to
// E-87): clauses are joined by AND, filters by OR, in three sets. Decide puts the scope
// setting, the assignment, the filters' verdict and the state of the object together. It
// gives the decision and the details of the scoping step of the provisioning log at once:
// the log cannot disagree with what was done.
//
// Neighbours: simulator/syncschema parses filters and says what is wrong with them,
// simulator/directory knows who is assigned, simulator/cycle gathers the facts and acts on
// the decision. Scope comes before matching: nothing is asked of the target for an
// object that is neither linked nor in scope.
//
// For example, an assigned user whose sign-in is blocked is in scope and soft-deleted: a
// linked account is disabled, and one that was never provisioned is skipped as
// NotEffectivelyEntitled (E-69).
//
// # Decisions
//
// 2026-11-24: scope means assignment and filters; blocking and deletion do not leave it. That
// keeps apart what SkipOutOfScopeDeletions covers and what it does not.
//
// 2026-11-24: a tenant file without any assignment has everybody assigned. Such a group
// still gives no scope when it is not security-enabled, as with an explicit assignment.
//
// 2026-11-24: an object that only fails a filter is skipped as NotEffectivelyEntitled too.
// The documents list its causes in one numbered text under that code (E-317); that the code
// stays when the filter is the only cause is inferred.
//
// 2026-11-24: what the two experimental filter sets leave in the log is inferred. An object
// that fails inputFilterGroups has no entry, because it "is dropped while reading" (E-86); one
// that fails categoryFilterGroups is logged as skipped, like all that is evaluated and left
// out (E-42). Neither is deprovisioned.
//
// 2026-11-24: a filter of the schema without clauses is left out, with a warning, and so does
// not make the others pass (inferred).
//
// 2026-11-24: all clauses are evaluated, also after one that failed, because the log shows the
// outcome of each (G-37). A unary clause is shown without a value (inferred).
package scoping
