// Package onelogin is OneLogin's provisioning client: what it sends when people are saved, suspended and
// removed, and when rules set groups. The clock, the state and the exchange are those of simulator/push.
//
//	Settings ─► New ─► push.Provider: Connect, User, Group
//
// The body of a user is a template of the administrator with macros filled in (Settings.Template). There are
// no PATCH requests for users, and no delta: each update is a PUT of the whole template.
//
// The evidence is thinner than for Okta: documents of OneLogin and of vendors, and OneLogin's own sample
// servers. What they do not say is a choice (Choices).
//
// Decisions: docs/decisions/simulator-onelogin.md
package onelogin
