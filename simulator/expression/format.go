package expression

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// maxLength is the longest expression Entra accepts (E-155).
const maxLength = 10_000

// format writes a node in the one normal form: a blank after each comma and
// around operators, empty arguments kept (G-35). Where the blanks alone would break the
// limit of E-155, they are left out.
func format(n node) string {
	var b strings.Builder
	n.write(&b, ", ")
	if chars.Length(b.String()) > maxLength {
		b.Reset()
		n.write(&b, ",")
	}
	return b.String()
}
