// Package conformance runs the checks of conformance/suites against a SCIM endpoint and
// judges what they found.
//
// Ginkgo runs the checks; the verdict is ours: a MUST that is not met fails, a SHOULD
// warns, an ENTRA requirement fails under the profile entra and warns under rfc alone.
// A check whose requests got no answer is errored, which is not the target's verdict.
//
//	c, err := conformance.Run(ctx, conformance.Target{…}, conformance.Options{})
//
// A vendor's own Ginkgo suite calls suites.Register instead and judges for itself.
//
// Decisions: docs/decisions/conformance.md
package conformance
