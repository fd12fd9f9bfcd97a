// Package scoping says whether an object is in scope of a job and whether the mapping sees
// it as soft-deleted.
//
// Decide is a pure function of Facts, so that every row of the rules is one row of a test.
// It gives the decision and the details of the scoping step of the provisioning log at
// once: the log cannot disagree with what was done.
//
// Neighbours: simulator/directory knows who is assigned, simulator/cycle gathers the facts
// and acts on the decision. Scope comes before matching: nothing is asked of the
// target for an object that is neither linked nor in scope.
//
// For example, an assigned user whose sign-in is blocked is in scope and soft-deleted: a
// linked account is disabled, and one that was never provisioned is skipped as
// NotEffectivelyEntitled (E-69).
//
// # Decisions
//
// 2026-11-24: scope means assignment alone; blocking and deletion do not leave it. That
// keeps apart what SkipOutOfScopeDeletions covers and what it does not.
//
// 2026-11-24: a tenant file without any assignment has everybody assigned. Such a group
// still gives no scope when it is not security-enabled, as with an explicit assignment.
//
// 2026-11-24: attribute scoping filters are not built yet. A schema that has one is refused
// by simulator/mapping and reported by simulator/syncschema; to run it as though everything
// passed would write objects that an administrator keeps out.
package scoping
