package outside

import (
	"io"
	"sync"
	"unicode/utf8"
)

// Guard is a stream to a terminal or a log, and the last barrier before it. Characters that
// must not be shown become visible, and commands of CI services lose their effect. Line breaks
// and tabs pass, and whole styles where they are allowed. It is safe for concurrent use.
type Guard struct {
	mu      sync.Mutex
	to      io.Writer
	styles  bool
	marks   marks
	command command
	held    []byte // the beginning of a character
	out     []byte
}

// NewGuard returns a guard in front of a stream. styles lets the styles of the program pass.
func NewGuard(to io.Writer, styles bool) *Guard {
	return &Guard{to: to, styles: styles, command: command{blank: true}}
}

// Write writes what people may see of data. A style must be complete in data; a character can continue
// in the next call.
func (g *Guard) Write(data []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.out = g.out[:0]
	rest := data
	if len(g.held) > 0 {
		rest = append(g.held, data...)
		g.held = nil
	}
	for len(rest) > 0 {
		n := g.next(rest)
		if n == 0 {
			g.held = append([]byte(nil), rest...)
			break
		}
		rest = rest[n:]
	}
	if _, err := g.to.Write(g.out); err != nil {
		return 0, err
	}
	return len(data), nil
}

// next takes one character or style, and returns its length; 0 means that it is incomplete.
func (g *Guard) next(data []byte) int {
	r, size := rune(data[0]), 1
	if r >= utf8.RuneSelf {
		if !utf8.FullRune(data) {
			return 0
		}
		r, size = utf8.DecodeRune(data)
	}
	switch {
	case r == '\n' || r == '\t':
		g.command.starts(r)
		g.marks = 0
		g.out = append(g.out, byte(r))
	case r == '\x1b' && g.styles && styled(data) > 0:
		size = styled(data)
		g.out = append(g.out, data[:size]...)
	case g.command.starts(r), g.marks.hides(r):
		g.out = appendEscaped(g.out, r)
	default:
		g.out = utf8.AppendRune(g.out, r)
	}
	return size
}
