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
// Config.Out is listed in docs/reference/files.md.
//
// A plan is Run on a copy, against a target that is only read (simulator/forecast).
//
// Decisions: docs/decisions/simulator.md
package simulator
