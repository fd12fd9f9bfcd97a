// Package catalog defines what a check says: the requirement, its level and evidence, why it
// matters to Entra, and how to fix a target that fails it. The checks are in conformance/suites.
//
// Decisions: docs/decisions/conformance-catalog.md
package catalog
