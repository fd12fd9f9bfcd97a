// Package scimclient sends what the engine sends to a SCIM endpoint, and turns what
// comes back into an answer or a Failure with Microsoft's error code.
//
// It knows URLs, headers and status codes (wire.md sections 2, 3, 6, 9), not what the
// requests mean: simulator/dialect renders bodies, simulator/cycle decides. Exchanges
// are made by reports/exchange, which bounds time and size and never follows a redirect.
//
// # Decisions
//
// 2026-11-24: no User-Agent and no Accept are sent (W-25, W-26); ADSCIMVersion carries
// the version of the synchronization schema (G-13, inferred there).
//
// 2026-11-24: a 400 is SystemForCrossDomainIdentityManagementBadRequest, which logs
// quote (G-39, W-107), instead of the bare BadRequest that A-37 proposes.
//
// 2026-11-24: a query (feature flag) on the tenant URL stays on every request URL,
// before further parameters (W-122; observed both ways).
//
// 2026-11-24: with Deps.Wait, 429 and 503 with a Retry-After get the time they ask for and
// one more request; the second answer counts (A-21, W-135). Without the header nothing waits.
package scimclient
