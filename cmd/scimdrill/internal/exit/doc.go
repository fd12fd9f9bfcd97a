// Package exit turns the end of a command into an error with an exit code and a hint, and
// such an error into the text that a person reads.
//
//	return exit.Usage("add --target URL", "--target is missing") // ends with 2
package exit
