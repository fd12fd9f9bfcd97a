package outside

import "bytes"

// Style is how a part of a line looks on a terminal, as the parameters of its escape sequence.
// A guard lets only these styles pass.
type Style string

// The styles of the program.
const (
	Bold    Style = "1"
	Red     Style = "31"
	Green   Style = "32"
	Yellow  Style = "33"
	Magenta Style = "35"
	Cyan    Style = "36"
	Grey    Style = "90"
)

// Strong returns the style in bold.
func (s Style) Strong() Style { return Bold + ";" + s }

// Paint returns text in this style. The zero Style leaves it as it is.
func (s Style) Paint(text string) string {
	if s == "" {
		return text
	}
	return s.begin() + text + end
}

const end = "\x1b[0m"

func (s Style) begin() string { return "\x1b[" + string(s) + "m" }

// sequences lists the escape sequences of all styles.
func sequences() [][]byte {
	list := [][]byte{[]byte(end), []byte(Bold.begin())}
	for _, s := range []Style{Red, Green, Yellow, Magenta, Cyan, Grey} {
		list = append(list, []byte(s.begin()), []byte(s.Strong().begin()))
	}
	return list
}

// styled returns the number of bytes of the style at the beginning of data, or 0.
func styled(data []byte) int {
	for _, s := range sequences() {
		if bytes.HasPrefix(data, s) {
			return len(s)
		}
	}
	return 0
}
