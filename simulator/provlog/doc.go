// Package provlog is Microsoft Graph's provisioning log: one Summary is one
// provisioningObjectSummary, in Graph's names and order (G-36 to G-40).
//
// The log is what the stages of a cycle return: each stage gives one Step, and
// nothing else is written down that could disagree with it. simulator/cycle fills
// the entries, simulator/state says how far the file is committed, reports
// read them.
//
// # Decisions
//
// 2026-11-24: durationInMilliseconds is virtual time, so that equal runs give equal
// bytes; what a target really took is in the HAR. activityDateTime has whole seconds,
// as Graph's answers have (G-36).
//
// 2026-11-24: a code that is ours and not Microsoft's says so in its reason, because
// an invented code in a support case costs somebody a day.
package provlog
