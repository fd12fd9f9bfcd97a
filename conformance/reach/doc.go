// Package reach says why an address cannot be judged as a SCIM endpoint, and at which other
// address of the same host SCIM responds. `connect` and `conform` say it in the same words.
//
// Decisions: docs/decisions/conformance-survey.md
package reach
