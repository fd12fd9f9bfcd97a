// Package profiles describes the profiles whose result is a table: the tests of Microsoft's SCIM
// Validator, what the app gallery asks for, and drafts of OpenID. Each row names the checks that
// decide it. A row that no check can decide says who can.
//
// A table forecasts what somebody else would say. It never is their verdict.
//
// Decisions: docs/decisions/conformance-profiles.md
package profiles
