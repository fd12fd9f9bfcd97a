package expression

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// excerptWidth is how many characters of a long line are shown on either side
// of the position of an error.
const excerptWidth = 60

// Error is a mistake in an expression, with its position. Parse finds mistakes in the text.
// Eval finds values that a function cannot use
//
type Error struct {
	// Pos is the byte offset in Source.
	Pos int
	// Msg describes the mistake in one line.
	Msg string
	// Hint suggests a correction; it may be empty.
	Hint string
	// Source is the text of the expression.
	Source string
}

// Error returns the message with line and column, then the line, a caret under
// the position, and the hint.
func (e *Error) Error() string {
	line, column := e.LineColumn()
	text, caret := e.excerpt()
	var b strings.Builder
	fmt.Fprintf(&b, "%s (line %d, column %d)\n\t%s\n\t%s^", e.Msg, line, column, text, caret)
	if e.Hint != "" {
		b.WriteString("\nhint: ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// Summary returns message and hint in one line, for logs.
func (e *Error) Summary() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + "; hint: " + e.Hint
}

// LineColumn returns the position as line and column, both counted from 1; a
// column is a character.
func (e *Error) LineColumn() (line, column int) {
	before := e.Source[:e.offset()]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}

func (e *Error) offset() int {
	return max(0, min(e.Pos, len(e.Source)))
}

// excerpt returns the line of the position, cut to a readable width, and the
// blanks that put a caret under the position.
func (e *Error) excerpt() (text, indent string) {
	at := e.offset()
	start := strings.LastIndexByte(e.Source[:at], '\n') + 1
	end := len(e.Source)
	if i := strings.IndexByte(e.Source[at:], '\n'); i >= 0 {
		end = at + i
	}
	before, after := []rune(e.Source[start:at]), []rune(e.Source[at:end])
	if len(before) > excerptWidth {
		before = append([]rune("…"), before[len(before)-excerptWidth:]...)
	}
	if len(after) > excerptWidth {
		after = append(after[:excerptWidth:excerptWidth], '…')
	}
	clean := func(r rune) rune {
		if r < ' ' || r == utf8.RuneError {
			return ' '
		}
		return r
	}
	return strings.Map(clean, string(before)+string(after)), strings.Repeat(" ", len(before))
}
