package pseudonym

import (
	"sync"

	"github.com/scimdrill/scimdrill/reports/alias"
)

// Names replaces people in recorded requests and responses. It is safe for concurrent use.
type Names struct {
	words *alias.Words

	mu  sync.Mutex
	ids map[string]string
}

// New makes pseudonyms of a seed. Anyone who has the seed can test guesses of names, so it is
// kept apart from the recording.
func New(seed string) *Names {
	return &Names{words: alias.New(alias.Seed(seed)), ids: map[string]string{}}
}

// value is the pseudonym of a value: word by word.
func (n *Names) value(s string) string {
	if s == redacted {
		return s
	}
	return n.words.Value(s)
}

// id is an id as it stays, or its pseudonym if it is made of what people are called. The first
// decision holds for the whole recording.
func (n *Names) id(s string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	out, decided := n.ids[s]
	if decided {
		return out
	}
	out = s
	if !alias.HasGUID(s) && n.words.Tells(s) {
		out = n.value(s)
	}
	n.ids[s] = out
	return out
}
