package pseudonym

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/brianvoe/gofakeit/v7"
)

// Names makes pseudonyms. It is safe for concurrent use.
type Names struct {
	seed string

	mu    sync.Mutex
	words map[string]string // by the word in lower case
	ids   map[string]string
}

// New makes pseudonyms of a seed. Who has the seed can find out whether a word was there, so it
// is kept apart from what it made.
func New(seed string) *Names {
	return &Names{seed: seed, words: map[string]string{}, ids: map[string]string{}}
}

// random is a generator for one thing.
func (n *Names) random(kind, text string) *rand.PCG {
	sum := sha256.Sum256([]byte(n.seed + "\x00" + kind + "\x00" + text))
	return rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16]))
}

// letters takes everything else out of a word of gofakeit.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

// word is the pseudonym of letters, in the case in which they stand.
func (n *Names) word(s string) string {
	key := strings.ToLower(s)
	made, known := n.words[key]
	if !known {
		f := gofakeit.NewFaker(n.random("word", key), false)
		made = letters(f.FirstName()) + letters(f.LastName()) + strings.ToLower(f.LetterN(4))
		n.words[key] = made
	}
	switch {
	case s == key:
		return made
	case s == strings.ToUpper(s) && len([]rune(s)) > 1:
		return strings.ToUpper(made)
	case unicode.IsUpper([]rune(s)[0]):
		return strings.ToUpper(made[:1]) + made[1:]
	}
	return made
}

// digits is the pseudonym of a number, of the same length.
func (n *Names) digits(s string) string {
	r := rand.New(n.random("digits", s))
	out := []byte(s)
	for i := range out {
		out[i] = byte('0' + r.IntN(10))
	}
	n.words[s] = string(out)
	return string(out)
}

// domain is the pseudonym of what stands behind an @.
func (n *Names) domain(s string) string {
	key := strings.ToLower(s)
	f := gofakeit.NewFaker(n.random("domain", key), false)
	made := letters(f.LastName()) + strings.ToLower(f.LetterN(4)) + ".example"
	for label := range strings.SplitSeq(key, ".") {
		for _, part := range partPattern.FindAllString(label, -1) {
			if part[0] < '0' || part[0] > '9' {
				n.word(part) // known from now on
			}
		}
	}
	return made
}

var (
	guidPattern = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	partPattern = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|@[\pL\pM\pN-]+(?:\.[\pL\pM\pN-]+)+|[\pL\pM]+|[0-9]+`)
)

// value is the pseudonym of a value: word by word.
func (n *Names) value(s string) string {
	if s == redacted {
		return s
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return partPattern.ReplaceAllStringFunc(s, func(part string) string {
		switch {
		case guidPattern.MatchString(part):
			return part
		case part[0] == '@':
			return "@" + n.domain(part[1:])
		case part[0] >= '0' && part[0] <= '9':
			return n.digits(part)
		}
		return n.word(part)
	})
}

// known replaces in a sentence what was replaced elsewhere before, and mail addresses.
func (n *Names) known(s string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return partPattern.ReplaceAllStringFunc(s, func(part string) string {
		switch _, seen := n.words[strings.ToLower(part)]; {
		case part[0] == '@' && !guidPattern.MatchString(part):
			return "@" + n.domain(part[1:])
		case seen && part[0] >= '0' && part[0] <= '9':
			return n.digits(part)
		case seen:
			return n.word(part)
		}
		return part
	})
}

// id is an id as it stays, or its pseudonym where it says who somebody is.
func (n *Names) id(s string) string {
	n.mu.Lock()
	out, decided := n.ids[s]
	n.mu.Unlock()
	if decided {
		return out
	}
	out = s
	if !guidPattern.MatchString(s) && n.saysWho(s) {
		out = n.value(s)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ids[s] = out
	return out
}

// saysWho reports whether an id is made of what people are called.
func (n *Names) saysWho(s string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, part := range partPattern.FindAllString(s, -1) {
		if _, seen := n.words[strings.ToLower(part)]; part[0] == '@' || seen && (part[0] < '0' || part[0] > '9') {
			return true
		}
	}
	return false
}
