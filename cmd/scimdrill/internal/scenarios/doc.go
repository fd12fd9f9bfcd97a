// Package scenarios plays a scenario: one job or two on one clock, on an embedded target
// with its mishaps or on an endpoint of somebody else.
package scenarios
