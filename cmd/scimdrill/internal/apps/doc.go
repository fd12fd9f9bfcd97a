// Package apps reads the built-in applications and schemas of files, gives them to the
// engine, and prints them: what a profile maps, what is known of it, and what a job would
// do differently with another schema.
package apps
