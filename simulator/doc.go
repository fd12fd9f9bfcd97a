// Package simulator assembles Entra's provisioning engine from its parts and runs a
// job against a SCIM endpoint, on a virtual clock.
//
//	profile or exported schema ─► mapping ┐
//	tenant, change stream ─► directory ───┤
//	                                      ▼
//	clock ─► job ─► cycle: import ▸ scoping ▸ matching ▸ processing ▸ references ▸ export ─► target
//	                  │                                                     │
//	                  ▼                                                     ▼
//	            state (links, watermark, escrows)          exchanges (HAR), provisioning log
//
// Run is the whole of it for programs; cmd/scimdrill is one. What a run leaves in
// Config.Out is listed in the README.
//
// A plan is Run on a copy, against a target that is only read (simulator/forecast).
//
// # Decisions
//
// 2026-11-24: every documented choice has one name in simulator/options; the fields of Config
// are what a run is about, options are what the documents leave open.
//
// 2026-11-24: where the documents are silent or contradict each other (A-n, W-Cn) an option has
// the side that we chose as its default, and the other one for real. cmd/rules fails when such
// a rule has neither an option nor a reason why there is one side only, or when no test that
// passed is named after one of the sides.
//
// 2026-11-24: a virtual clock starts at 2026-01-05T08:00:00Z, a Monday, unless the caller
// brings a clock or the state says where it stopped.
//
// 2026-11-24: a state folder belongs to one run at a time, by a lock on a file in it that the
// system lets go when the process dies. SQLite would have let the second one load its
// directory first, and then ended one of them in the middle of a cycle.
package simulator
