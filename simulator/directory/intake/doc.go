// Package intake reads a tenant as people have it, and writes a tenant file: responses of Graph as
// they were saved, arrays, JSON lines, CSV, the output of PowerShell, and the folder of an exporter
// with one file for each kind of object.
//
// In prose: Read takes all files of one tenant. What an object is comes from @odata.type, from its
// members, from the context of its page, or from the name of its file, in this order. Write
// writes one Graph resource a line, each with the place it came from, so that a later mistake still
// names the file. Pseudonyms puts made-up people in the place of the real ones.
//
// Files of secrets are recognised and left out; no message shows a value of them.
//
// Decisions: docs/decisions/simulator-directory-intake.md
package intake
