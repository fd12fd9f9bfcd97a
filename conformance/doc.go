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
// # Decisions
//
// 2026-11-24: Ginkgo's tree and settings are process-wide, so runs take turns behind one
// mutex. Its console output is thrown away.
//
// 2026-11-24: rfc and entra say how is judged, attributes and groups what is checked;
// without one that judges, both do. Any other profile is refused by name.
//
// 2026-11-24: before the checks, GET requests find out what the target lacks: groups,
// and the enterprise extension where /Schemas can be read. What is only declared not to
// be there (patch, filter) is skipped under rfc alone: Entra does not read declarations.
//
// 2026-11-24: a check whose set-up fails says so by a cause of its own (no-users,
// no-groups, no-patch), so that one missing route does not look like fifty faults.
//
// 2026-11-24: 429 and 503 say that a target has no time, not how it does what it is asked
// (RFC 6585 section 4, RFC 9110 section 15.6.4). The request is sent again, up to four times,
// after what Retry-After says or after 1, 2, 4 and 8 seconds. A target that is still busy, or
// wants more than thirty seconds, leaves the check errored: it could not be judged. So does an
// answer that comes too late or breaks off. Any other status is the target's answer and is
// judged, a 500 too: nobody can tell an accident from a habit. A target whose reads lag behind
// its writes needs --settle.
//
// 2026-11-24: multi-tenancy is OPTIONAL and no RFC says how it works (RFC 7644 section 6), so that
// nobody but the caller knows who another tenant is: OtherTenant. Without it they are no part of a
// run, or none would ever be called conformant that has one token. What its client may see is a MUST
// then (section 2). Only the first tenant makes objects, so that there is one journal.
//
// 2026-11-24: MEM-037 waits fifteen seconds and takes no answer for a finding: a request that
// runs in a circle is what it looks for.
//
// 2026-11-24: make test runs the declared killers of each defect and twenty canaries
// against the golden matrix; the whole matrix runs with -matrix (make mutate, .ci/run).
//
// 2026-11-24: a defect that no RFC and no page of Microsoft forbids says so in its data
// (Warns); conform then warns, and the test holds it to that: PAT-07, CRE-03, DEL-05,
// DEL-11, LRG-05, MAN-04, and CAS-07, D-58, D-91, DIS-02, DIS-03, MAN-06, UNI-02.
//
// 2026-11-24: a check of steadiness (ATT-039, HTP-008) makes one request three hundred times:
// what fails once in a hundred slips through one run of twenty. Checks of what happens at the
// same time send two or four requests without waiting; a service that is never asked for two
// things at once cannot be caught by them. QRY-019 makes 101 users, which is what a forgotten
// second page needs.
package conformance
