// Package match provides Gomega matchers with short messages. The messages contain no pointers
// or dumps, so two equal runs produce equal text. A message is "expected" and "actual" in one
// string, which Split separates for the report.
package match
