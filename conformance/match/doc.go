// Package match holds Gomega matchers whose messages are ours: short, without pointers
// or dumps, so that two equal runs say the same. A message is "expected" and "actual" in
// one string, which Split takes apart for the report.
package match
