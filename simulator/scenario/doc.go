// Package scenario plays the story of an incident: a tenant, what happens to source, job
// and target at which time, and what must be so. A scenario is a regression test that a
// support engineer can write and read.
//
//	title: A manager comes into scope later
//	tenant:
//	  users:
//	    - {user: ada, name: Ada Lovelace, manager: boss}
//	    - {user: boss, name: Betty Boss, assigned: false}
//	for: 3h
//	timeline:
//	  - at: 50m
//	    source: [{assign: boss}]
//	expect:
//	  - that: ['target.user(boss) == present']
//
// docs/reference/scenario.md describes the format; `scimdrill help scenario` prints it.
//
// Neighbours: simulator/job is what it acts on; cmd/scimdrill assembles a run, an embedded
// target and a Play; fixtures/scenarios holds the built-in ones, and fixtures/target is a
// Target.
//
// Decisions: docs/decisions/simulator-scenario.md
package scenario
