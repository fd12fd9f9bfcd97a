// Package resource reads, changes and compares resources as raw JSON. Attribute names are
// compared case-insensitively (RFC 7643 section 2.1), and null and [] are absent (section 2.5).
//
// The package shares no code with any server or with the engine.
package resource
