package suites

import (
	"fmt"
	"strings"
)

// unlike returns an id that has the form of another one and that nobody has.
func unlike(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return "19" + fmt.Sprintf("%08s", id[max(0, len(id)-3):]) // still below 2^31
	}
	out := []byte(id)
	for i := max(0, len(out)-8); i < len(out); i++ {
		switch c := out[i]; {
		case c >= '0' && c <= '9':
			out[i] = '9' - (c - '0')
		case c >= 'a' && c <= 'f':
			out[i] = 'f' - (c - 'a')
		case c >= 'A' && c <= 'F':
			out[i] = 'F' - (c - 'A')
		case c > 'f' && c < 'z' || c > 'F' && c < 'Z':
			out[i]++
		}
	}
	if string(out) == id { // nothing in it can be turned
		return id + "9"
	}
	return string(out)
}
