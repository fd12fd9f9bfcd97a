// Package read reads provisioning logs as people have them: pages of Microsoft Graph, arrays, JSON
// lines, the JSON and CSV downloads of the portal, Event Hub, and rows of Log Analytics (G-36,
// G-37, G-42, G-43).
//
// In prose: Read takes the files of one log and returns its entries in Graph's form, each with the
// place where it stands. It accepts every letter case, unknown columns, the names of v1.0 and of
// beta, and values that are JSON inside a string. What it cannot read is an error with file,
// line, field and what to do.
//
// Decisions: docs/decisions/simulator-provlog-read.md
package read
