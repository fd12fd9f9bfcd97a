// Package grading runs the conformance checks on an endpoint: considerately, with a journal
// of what they make and a transcript of what was sent.
package grading
