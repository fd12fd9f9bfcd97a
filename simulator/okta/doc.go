// Package okta is Okta's provisioning client: what it sends when people are assigned, changed and
// unassigned, and when groups are pushed. The clock, the state and the exchange are those of
// simulator/push.
//
//	Settings ─► New ─► push.Provider: Connect, User, Group, Scheduled
//
// There are two clients under one name (Settings.Mode). An app of the App Integration Wizard ("aiw") knows
// only PUT. An app of the catalogue ("oin") deactivates and pushes groups with PATCH. Both update profiles
// by GET and PUT of the server's own response with the changed attributes merged over it (O-47).
//
// What Okta's documents and captures do not say is a choice (Choices) or is not built. Phones, addresses,
// entitlements and custom attributes are not mapped: the form of their requests was not seen.
//
// Decisions: docs/decisions/simulator-okta.md
package okta
