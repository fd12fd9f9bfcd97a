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
// Decisions: docs/decisions/simulator-scoping.md
package scoping
