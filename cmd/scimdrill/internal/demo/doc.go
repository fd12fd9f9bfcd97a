// Package demo plays the demo: a week of Entra on a target that behaves like GoTo, and then
// the conformance checks on the reference target.
package demo
