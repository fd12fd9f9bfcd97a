// Package simulator runs Entra's provisioning engine against a SCIM endpoint, on a virtual clock.
//
//	profile or exported schema ─► mapping ┐
//	tenant, change stream ─► directory ───┤
//	                                      ▼
//	clock ─► job ─► cycle: import ▸ scoping ▸ matching ▸ processing ▸ references ▸ export ─► target
//	                  │                                                     │
//	                  ▼                                                     ▼
//	            state (links, watermark, escrows)          exchanges (HAR), provisioning log
//
// Run does all of it. Its parameters and results are plain values, so a program imports this
// package alone. docs/reference/files.md lists the files that a run writes to Config.Out. Data
// outside Result, such as the provisioning log, is there in Graph's JSON.
//
// The run itself is in simulator/engine, which may change. The commands use it directly, for
// plans, provisioning on demand and scenarios.
//
// Decisions: docs/decisions/simulator.md
package simulator
