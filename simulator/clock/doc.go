// Package clock provides the engine's time: the engine reads a Clock and never the system time.
//
// A Virtual clock moves only when the engine moves it, so a month of 40-minute
// cycles takes seconds. Wall implements the same interface with real time. The embedded
// target also reads the engine's clock, so other goroutines may read a Virtual
// while one goroutine moves it.
//
// Neighbours: simulator/job moves the clock from cycle to cycle, simulator/cycle
// moves it inside a cycle, fixtures/target only reads it.
//
// Decisions: docs/decisions/simulator-clock.md
package clock
