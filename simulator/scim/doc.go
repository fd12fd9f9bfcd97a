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
// Decisions: docs/decisions/simulator-scim.md
package scim
