// Package pseudonym puts made-up people in the place of those in a recording, so that it can be
// shown to others and still be compared.
//
// simulator/recording names objects by what people call them, and recording/diff compares values;
// so the same value becomes the same pseudonym everywhere, in queries, bodies and answers.
//
// In prose: New takes a seed; Exchange returns a copy in which the values of SCIM attributes
// are replaced, URL and Body do it for those who have no exchange. What is no value of a person stays
// as it came: keys, paths, operations, types, Booleans, numbers, ids, times, schemas.
//
// Decisions: docs/decisions/simulator-pseudonym.md
package pseudonym
