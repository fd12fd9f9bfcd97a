// Package clock makes time a value: the engine asks a Clock and never the machine.
//
// A Virtual clock stands still until somebody moves it, so that a month of 40-minute
// cycles takes seconds; Wall is the same interface over real time. The embedded
// target reads the engine's clock too, which is why Virtual may be read from other
// goroutines while one goroutine moves it.
//
// Neighbours: simulator/job moves the clock from cycle to cycle, simulator/cycle
// moves it inside a cycle, fixtures/target only reads it.
//
// # Decisions
//
// 2026-11-24: inside a cycle the clock moves at the end of a phase, not with each
// object. What the target sees of the time then does not depend on how many requests
// are in flight, so runs with different parallelism give the same bytes.
//
// 2026-11-24: two runs that share a clock take turns and never go on together (Turns), so
// that two jobs on one target give the same bytes each time. They meet between the phases of
// their cycles, where the clock moves.
package clock
