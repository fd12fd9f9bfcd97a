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
// # Decisions
//
// 2026-11-24: kong never exits the process. Its Exit is recorded, --help ends with 0
// after the text, everything else is an error with a code (errors.go).
//
// 2026-11-24: flag beats variable beats file. kong lets files beat variables, so both are
// resolvers of ours, the file first; the configuration file is flat, one flag a key.
//
// 2026-11-24: whether a command may write is decided by one function that reads the URL
// and nothing else (safety.go). It runs before anything is sent or looked up.
//
// 2026-11-24: run.json is written before the first request and again at the end, so that
// cleanup finds target and journal also after kill -9.
//
// 2026-11-24: mpb draws progress: it has its own clock, so that a phase that counts slowly
// is seen to work, cuts a line to the terminal of the moment and leaves a clean one. A
// phase has a container of its own, so that what follows it goes straight to stderr.
// Without a terminal, with CI=true and TERM=dumb there are plain lines of the same words.
//
// 2026-11-24: `target` ends with 0 on SIGINT and SIGTERM: stopping is what they ask a
// server to do. Every other command ends with 130.
//
// 2026-11-24: `record` ends with 0 on SIGINT and SIGTERM, as `target` does. It refuses a folder with a recording: a
// cycle of Entra takes forty minutes to come again. It needs --allow-host though it only forwards,
// and --expose to listen beyond loopback, where tokens would come in in clear.
//
// 2026-11-24: `record diff` with --tenant runs the engine on a target in this process, a day longer than the last change,
// with a fixed seed: nothing of what it compares depends on it.
package main
