// Package console is all that a command touches outside itself: the process with its
// streams, variables, clock and network, the command line that was typed, the rows and
// pages that are printed, and the progress of a run.
//
// It is the only package of the command line that reads the environment or a terminal.
// Tests make a Process of their own, and so run every command in-process.
package console
