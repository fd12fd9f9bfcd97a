// Command scimdrill drills a SCIM endpoint before it meets Microsoft Entra: it runs
// Entra's provisioning engine against it on a virtual clock, and grades it with
// conformance suites.
//
// This package is the only one that touches the process: arguments, environment,
// standard streams, files given by flags, signals, real time and the exit code. All of it
// goes through one value, process, so that tests run the whole command line in-process.
//
//	main ─► execute ─► kong ─► one command a file ─► simulator, conformance, reports
//	            │
//	            └─► safety.go: may this URL be written to?
//
// In prose: `scimdrill conform --target http://127.0.0.1:8080` parses its flags over
// variables over scimdrill.yaml, asks safety.go whether it may write there, runs the
// suites, writes the reports and turns the verdict into an exit code.
//
// Decisions: docs/decisions/cmd-scimdrill.md
package main
