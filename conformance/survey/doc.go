// Package survey finds out what an endpoint has before anything is judged: what answers, what it
// announces, and which attributes it keeps. Checks ask the survey instead of assuming a schema.
//
// Survey makes one user and one group, with everything that the endpoint announces, and removes
// them. What is neither announced nor kept nor mapped is not judged.
//
// Decisions: docs/decisions/conformance-survey.md
package survey
