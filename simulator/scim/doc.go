// Package scim holds the words a SCIM client needs: schema URNs and target attribute paths as
// provisioning mappings spell them. Answers are read by simulator/scimclient.
//
// It knows no server: the filter grammar and the meaning of PATCH live with the reference
// target (fixtures/target), so that the two can disagree. simulator/mapping reads a
// target's resource through TargetPath.Get, simulator/dialect builds create bodies through
// TargetPath.Set, simulator/syncschema checks the paths of a schema with ParseTargetPath.
//
// For example, the path `emails[type eq "work"].value` reads the value of the work mail of
// a resource, and setting it makes an element of type work in emails.
//
// # Decisions
//
// 2026-11-24: a path that begins with "urn:" ends its URN at the last colon before a
// bracket. Entra addresses extension attributes with a colon, not with a dot (W-54), and
// custom schemas have names that no table could list (E-130).
//
// 2026-11-24: only "eq" is read inside brackets. Mappings use nothing else (W-11).
//
// 2026-11-24: reading is tolerant of letter case, of a single object where a list belongs
// and of Booleans written as strings, because targets are; what is built is exact.
package scim
