package outside

import "unicode"

// command follows a line to find commands of CI services. GitHub takes ::name at the beginning
// of a line, after any white space. It takes ##[name] anywhere, as Azure takes ##vso[name];
// TeamCity takes ##teamcity[name] at the beginning. All of them end the same way: with the
// character that becomes an escape sequence.
type command struct {
	blank  bool // nothing but white space so far
	colon  bool // a first colon at the beginning
	hashes int  // number signs, maybe with letters behind them
	word   bool // letters behind the number signs
}

// starts takes the next character of the line and reports whether it completes a command.
func (c *command) starts(r rune) bool {
	switch {
	case r == '\n':
		*c = command{blank: true}
		return false
	case r == ':' && c.colon, r == '[' && c.hashes > 1:
		*c = command{}
		return true
	}
	c.colon = r == ':' && c.blank
	c.blank = c.blank && unicode.IsSpace(r)
	switch {
	case r == '#' && c.word:
		c.hashes, c.word = 1, false
	case r == '#':
		c.hashes++
	case c.hashes > 0 && unicode.IsLetter(r):
		c.word = true
	default:
		c.hashes, c.word = 0, false
	}
	return false
}
