// Package scimclient sends what the engine sends to a SCIM endpoint, and turns what
// comes back into an answer or a Failure with Microsoft's error code.
//
// It knows URLs, headers and status codes (wire.md sections 2, 3, 6, 9), not what the
// requests mean: simulator/dialect renders bodies, simulator/cycle decides. Exchanges
// are made by reports/exchange, which bounds time and size and never follows a redirect.
//
// Decisions: docs/decisions/simulator-scimclient.md
package scimclient
