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
// Decisions: docs/decisions/simulator-clock.md
package clock
