// Package catalog is the list of checks as data: what each does, what a target must do,
// on what evidence, why Entra cares and how to fix it. conformance/suites holds the
// bodies; a test proves that both sides have the same ids.
//
// # Decisions
//
// 2026-11-24: ids are permanent and their letters meet no letters of defects: USR users,
// QRY queries, ATT attributes by PATCH, MEM groups and membership, HTP the protocol.
//
// 2026-11-24: what the checks of a table have in common (suite, subject, features) is
// said once, in Checks. The subject is a profile as well.
//
// 2026-11-24: MEM-001 is ENTRA, no MUST: RFC 7643 does not forbid a target to ask for
// members, and Entra creates every group without.
//
// 2026-11-24: a check of level ENTRA whose evidence is only observed or inferred warns,
// under every profile.
package catalog
