// Package licenses contains the notices of everything that is linked into the program, and writes
// them and the bill of materials.
//
//	go list -deps ─► notices.txt, embedded ─► Notices, Components ─► SPDX
//
// `make licenses` writes notices.txt from the module cache. A test fails if it is not current, or if
// a licence is not on the list of those that we accept.
package licenses
