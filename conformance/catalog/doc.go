// Package catalog lists the checks as data: the requirement, its evidence, why it matters to
// Entra, and how to fix a target that fails it. The bodies are in conformance/suites. A test
// proves that both packages have the same ids.
//
// Decisions: docs/decisions/conformance-catalog.md
package catalog
