// Command rules says which rules of the behaviour ledger a test run has covered.
//
//	go test -json ./... | go run ./cmd/rules docs/behaviour.md
//
// The ledger is a Markdown file: under each heading a table whose first column holds the
// id of a rule (E-41, A-12, W-58, W-C2, G-25, R-101, EN-3). A rule is covered when a test
// that carries its id in its name ran and passed. Where a rule is left out, the last but
// one column begins with "left out" and gives the reason.
//
// It prints covered, left out and open for each heading, then the open ones, and ends with
// 1 when a rule is open, or when a test names an id that a family of the ledger lacks. With -write the column of tests is brought up to date.
//
// # Decisions
//
// 2026-11-24: only a whole id counts: E-4 is not covered by a test named after E-41. The
// ids of a table test stand in the names of its rows, so a loop over rows covers what it ran.
package main
