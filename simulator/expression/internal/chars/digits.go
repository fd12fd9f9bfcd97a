package chars

// IsDigit reports whether a byte is one of 0 to 9.
func IsDigit(c byte) bool { return c >= '0' && c <= '9' }

// IsPunctuation reports whether a byte is an ASCII character that is neither letter, digit,
// blank nor control character.
func IsPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !IsDigit(c) && (c|0x20 < 'a' || c|0x20 > 'z')
}

// IsHexDigit reports whether a byte is a hexadecimal digit.
func IsHexDigit(c byte) bool {
	return IsDigit(c) || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

// CountDigits counts the digits that a string begins with.
func CountDigits(s string) int {
	n := 0
	for n < len(s) && IsDigit(s[n]) {
		n++
	}
	return n
}
