// Package conformance runs the checks of conformance/suites against a SCIM endpoint and
// grades the findings.
//
// Ginkgo runs the checks. This package computes the verdict: an unmet MUST fails and an unmet
// SHOULD warns. An unmet ENTRA requirement fails under the profile entra and warns under rfc
// alone. A check whose requests received no response is errored, which says nothing about
// conformance.
//
//	c, err := conformance.Run(ctx, conformance.Target{…}, conformance.Options{})
//
// A vendor's own Ginkgo suite calls suites.Register instead and computes its own verdict.
//
// Decisions: docs/decisions/conformance.md
package conformance
