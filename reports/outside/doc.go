// Package outside shows text from outside to people. Such text comes from targets, files,
// variables and command lines. It never reaches a terminal, a page or a log of a CI service
// raw (S6): a character that moves a cursor, hides, reverses or is invisible is shown as its
// escape sequence in JSON, such as \u001b.
//
// One notation serves every format. Inside a JSON string, the sequence means the character, so
// that JSON stays JSON with the same values. Elsewhere, people see which character was there.
//
//	fmt.Println(outside.Line("Ada\x1b[2J")) // Ada\u001b[2J
//
// [Line] and [Lines] are for values, [JSON] is for documents, [Every] for whole structures, [Args] for printing, and
// [Guard] for streams, as the last barrier.
package outside
