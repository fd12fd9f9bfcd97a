// Package census looks at a whole source directory: who is in it, what is missing, and why fewer objects are
// provisioned than exist.
//
//	directory.Tenant ─► Take ─► Census
//
// It reads objects one by one. For a million users it holds some numbers each, not the users.
//
// Decisions: docs/decisions/simulator-directory.md
package census
