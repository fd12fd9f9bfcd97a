// Package catalog is the list of checks as data: what each does, what a target must do,
// on what evidence, why Entra cares and how to fix it. conformance/suites holds the
// bodies; a test proves that both sides have the same ids.
//
// Decisions: docs/decisions/conformance-catalog.md
package catalog
