// Package setup makes the files that a repository needs to grade its endpoint in CI: the
// configuration, the list of known findings, and the file of the CI system.
//
//	answers ─► Files ─► Write, which replaces nothing
//
// The templates of the CI systems are in the folder templates. docs/guide/ci has what they become.
//
// Neighbours: the command init, which asks the questions.
//
// Decisions: docs/decisions/cmd-scimdrill-setup.md
package setup
