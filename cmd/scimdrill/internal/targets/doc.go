// Package targets makes the targets of this process: what the command target serves, with
// its faults, tenants and personas, and the embedded target of a scenario, which lives on
// the clock of the engine.
package targets
