// Command rules says which rules of the behaviour ledger a test run has covered.
//
//	go test -json ./... | go run ./cmd/rules docs/why/behaviour.md
//
// The ledger is a Markdown file: under each heading a table whose first column holds the
// id of a rule (E-41, A-12, W-58, W-C2, G-25, R-101, EN-3). A rule is covered when a test
// that carries its id in its name ran and passed. Where a rule is left out, the last but
// one column begins with "left out" and gives the reason.
//
// With -requirements a second ledger is compared in the same way, of the R-n that RFCs and others
// ask of service providers. There only tests of the reference target count, not those of the suites
// that judge others. Its columns of variants and checks are made from the code.
//
//	go run ./cmd/rules -mutants docs/why/mutants.yaml -draw 40 -seed 1 docs/why/behaviour.md
//
// It prints covered, left out and open for each heading, then the open ones, and ends with
// 1 when a rule is open, or when a test names an id that a family of the ledger lacks. With -write the column of tests is brought up to date.
//
// The column of options holds names of options of the engine (simulate --list-options) and
// flags of simulate. Each has to exist, and each option has to stand in some row.
//
// A choice of ours, which is a rule A-n or W-Cn, names its options there, or it says "one side
// only: " and why. Of each option two values have to stand in the names of tests that passed,
// behind the rule's id and the option's name, and the default among them: "A-22 matchBeforeScope true".
//
// With -options each option is made to keep its default, whatever is set, and one of the tests
// that are named after another value of it has to fail.
//
// Under "Evidence of the wire rules" each rule W-n has a row more: whether it was read from a text verbatim, from a
// sanitised recording, or was rebuilt, and of which date that is.
//
// With -mutants no test run is read. Rules are drawn by a seed, their mutants are put in the place
// of the file they change (go test -overlay), and for each a sub-test that names the rule has to fail.
//
// Decisions: docs/decisions/cmd-rules.md
package main
