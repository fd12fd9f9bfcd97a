// Command site makes one static site of docs/ and of the project's pages at the top of the
// repository. It works from disk and from any folder of a web server, and two builds give equal
// bytes:
//
//	go run ./cmd/site -out site
//
// Each page of Markdown becomes a page of HTML at the same place. Every heading is an anchor, and so
// is every row of a table that begins with an id: checks, defects, rules, options and variants. Ids in a text
// become links to their section. The search needs no server.
//
// Neighbours: docs has the pages and the tests that hold them to the program, reports/html has the
// colours, and conformance/catalog has the address under which the site is published.
//
// Decisions: docs/decisions/cmd-site.md
package main
