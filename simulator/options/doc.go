// Package options holds the behaviour that the documents leave open or let an admin set, and
// turns it into the settings of a run.
//
//	--set name=value ─► Parse ─► Settings ─► simulator, cycle, job, dialect, mapping, scoping
//
// A Choice is written once: its name, default, rule of docs/why/behaviour.md, evidence, meaning, and
// how it is applied. One file holds the choices of one topic. All lists them, as
// `scimdrill simulate --list-options` prints them.
package options
