package alias

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/brianvoe/gofakeit/v7"
)

// Words makes pseudonyms. It is safe for concurrent use.
type Words struct {
	key Key

	mu   sync.Mutex
	made map[string]string // by the word in lower case
}

// New makes pseudonyms with a key.
func New(key Key) *Words { return &Words{key: key, made: map[string]string{}} }

// GUID is the pattern of a GUID in lower case.
const GUID = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`

var (
	guidPattern = regexp.MustCompile(`(?i)` + GUID)
	partPattern = regexp.MustCompile(`(?i)` + GUID + `|@[\pL\pM\pN-]+(?:\.[\pL\pM\pN-]+)+|[\pL\pM]+|[0-9]+`)
)

// HasGUID reports whether a text contains a GUID.
func HasGUID(s string) bool { return guidPattern.MatchString(s) }

// Value replaces a text word by word. Letter case and all characters between words stay, and
// so do GUIDs. What follows an @ becomes a domain below example.
func (w *Words) Value(s string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return partPattern.ReplaceAllStringFunc(s, func(part string) string {
		switch {
		case HasGUID(part):
			return part
		case part[0] == '@':
			return "@" + w.domain(part[1:])
		case digit(part):
			return w.digits(part)
		}
		return w.word(part)
	})
}

// Known replaces in a sentence only mail domains and the words that Value has replaced before.
func (w *Words) Known(s string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return partPattern.ReplaceAllStringFunc(s, func(part string) string {
		switch _, seen := w.made[strings.ToLower(part)]; {
		case part[0] == '@' && !HasGUID(part):
			return "@" + w.domain(part[1:])
		case seen && digit(part):
			return w.digits(part)
		case seen:
			return w.word(part)
		}
		return part
	})
}

// Tells reports whether a text contains a mail domain or a word that Value has replaced before.
func (w *Words) Tells(s string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, part := range partPattern.FindAllString(s, -1) {
		if _, seen := w.made[strings.ToLower(part)]; part[0] == '@' || seen && !digit(part) {
			return true
		}
	}
	return false
}

// Tag replaces a whole text by one word behind its kind, such as User-blakemendezgsfy. Letter
// case does not matter.
func (w *Words) Tag(kind, s string) string { return kind + "-" + w.draw(strings.ToLower(s)) }

// draw makes the word of a text in lower case.
func (w *Words) draw(text string) string {
	f := gofakeit.NewFaker(w.key.random("word", text), false)
	return letters(f.FirstName()) + letters(f.LastName()) + strings.ToLower(f.LetterN(4))
}

// word is the pseudonym of letters, in the case in which they stand.
func (w *Words) word(s string) string {
	key := strings.ToLower(s)
	made, known := w.made[key]
	if !known {
		made = w.draw(key)
		w.made[key] = made
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
func (w *Words) digits(s string) string {
	r := rand.New(w.key.random("digits", s))
	out := []byte(s)
	for i := range out {
		out[i] = byte('0' + r.IntN(10))
	}
	w.made[s] = string(out)
	return string(out)
}

// domain is the pseudonym of what follows an @.
func (w *Words) domain(s string) string {
	key := strings.ToLower(s)
	f := gofakeit.NewFaker(w.key.random("domain", key), false)
	made := letters(f.LastName()) + strings.ToLower(f.LetterN(4)) + ".example"
	for label := range strings.SplitSeq(key, ".") {
		for _, part := range partPattern.FindAllString(label, -1) {
			if !digit(part) {
				w.word(part) // known from now on
			}
		}
	}
	return made
}

// digit reports whether a part begins with a digit.
func digit(part string) bool { return part[0] >= '0' && part[0] <= '9' }

// letters keeps only the letters of a word of gofakeit.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}
