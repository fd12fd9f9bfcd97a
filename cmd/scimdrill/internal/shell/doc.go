// Package shell makes what a shell and a manual need of the command line: candidates for the word
// under the cursor, the scripts that ask for them, and the man page.
//
//	model of kong ─► Complete ─► lines ─► script of a shell
//	model of kong ─► Man
//
// A script knows no command. It asks the program, so that it stays right after an update.
//
// Neighbours: the commands completion, complete and help.
//
// Decisions: docs/decisions/cmd-scimdrill-shell.md
package shell
