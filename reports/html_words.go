package reports

import (
	"strings"
	"unicode"
)

// word is a part of a text. Differs marks the words in which two texts differ.
type word struct {
	Text    string
	Differs bool
}

// versus is expected beside actual.
type versus struct{ Expected, Actual []word }

// compareTexts marks what differs between expected and actual: the words between a common
// beginning and a common end. Equal texts would only confuse, so that actual stands alone.
func compareTexts(expected, actual string) versus {
	if expected == "" || actual == "" {
		return versus{plainWords(expected), plainWords(actual)}
	}
	if expected == actual {
		return versus{nil, plainWords(actual)}
	}
	a, b := splitWords(expected), splitWords(actual)
	head, tail := 0, 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	if head+tail == 0 { // nothing in common, so that marks would say nothing
		return versus{plainWords(expected), plainWords(actual)}
	}
	return versus{marked(a, head, tail), marked(b, head, tail)}
}

func plainWords(text string) []word {
	if text == "" {
		return nil
	}
	return []word{{Text: text}}
}

// splitWords splits text into words and what is between them.
func splitWords(text string) []string {
	var parts []string
	part, inside := strings.Builder{}, false
	for _, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if part.Len() > 0 && (letter != inside || !letter) {
			parts = append(parts, part.String())
			part.Reset()
		}
		part.WriteRune(r)
		inside = letter
	}
	if part.Len() > 0 {
		parts = append(parts, part.String())
	}
	return parts
}

func marked(parts []string, head, tail int) []word {
	var words []word
	for _, w := range []word{
		{strings.Join(parts[:head], ""), false}, {strings.Join(parts[head:len(parts)-tail], ""), true}, {strings.Join(parts[len(parts)-tail:], ""), false},
	} {
		if w.Text != "" {
			words = append(words, w)
		}
	}
	return words
}
