// Command scimdrill drills a SCIM endpoint before it meets Microsoft Entra: it runs
// Entra's provisioning engine against it on a virtual clock, and grades it with
// conformance suites.
//
// Each command is a file: it turns flags into a call and the result into an exit code. The
// calls go to the packages below internal:
//
//	main ─► execute ─► kong ─► a command ─► play, scenarios, grading, targets, recorder, …
//	                               │
//	                               └─► console, endpoint, serve, runs, exit
//
// For example, `scimdrill conform --target http://127.0.0.1:8080` parses its flags over
// variables over scimdrill.yaml. Package endpoint decides whether the command may write there.
// Package grading runs the suites, and package runs writes the reports.
//
// Only this package and internal/console touch arguments, environment, standard streams,
// signals and the exit code. Tests bring a console.Process of their own, and so run the
// whole command line in-process.
//
// Decisions: docs/decisions/cmd-scimdrill.md
package main
