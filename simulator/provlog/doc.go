// Package provlog is Microsoft Graph's provisioning log: one Summary is one
// provisioningObjectSummary, in Graph's names and order (G-36 to G-40).
//
// The log is what the stages of a cycle return: each stage gives one Step, and
// nothing else is written down that could disagree with it. simulator/cycle fills
// the entries, simulator/state says how far the file is committed, reports
// read them.
//
// Decisions: docs/decisions/simulator-provlog.md
package provlog
