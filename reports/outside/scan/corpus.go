// Package scan tests what reaches people: it has a corpus of hostile text, and scanners that
// find such text raw in an output. It shares nothing with the code that it tests, and only
// tests import it (S6).
package scan

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed corpus.json
var corpus []byte

// Text is one hostile text with the name of its kind.
type Text struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Corpus returns all hostile texts, and bytes that are not UTF-8, which JSON cannot contain.
func Corpus() []Text {
	var list []Text
	if err := json.Unmarshal(corpus, &list); err != nil {
		panic(fmt.Sprintf("corpus.json: %v", err)) // embedded
	}
	return append(list,
		Text{"c1 as bytes", "a\x9b2J\x9d52;c;AAAA\x9c"}, Text{"cut character", "a\xe2\x80"}, Text{"overlong", "\xc0\x9b"}, Text{"surrogate", "\xed\xa0\x80"})
}
