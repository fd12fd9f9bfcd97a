// Package k6 writes a stream as a script for k6, for those who run k6 already. It holds no code of k6,
// which is under the AGPL.
//
// Decisions: docs/decisions/simulator-replay.md
package k6
