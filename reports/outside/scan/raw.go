package scan

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// ranges are the characters that must not be raw in any output: controls, formats, separators,
// blanks and noncharacters.
func ranges() [][2]rune {
	return [][2]rune{
		{0, 8},
		{0x0b, 0x1f},
		{0x7f, 0x9f},
		{0xad, 0xad},
		{0x34f, 0x34f},
		{0x61c, 0x61c},
		{0x115f, 0x1160},
		{0x17b4, 0x17b5},
		{0x180b, 0x180f},
		{0x200b, 0x200f},
		{0x2028, 0x202e},
		{0x2060, 0x206f},
		{0x2800, 0x2800},
		{0x3164, 0x3164},
		{0xfdd0, 0xfdef},
		{0xfe00, 0xfe0d},
		{0xfeff, 0xfeff},
		{0xffa0, 0xffa0},
		{0xfff9, 0xfffb},
		{0xfffe, 0xffff},
		{0x1bca0, 0x1bca3},
		{0x1d173, 0x1d17a},
		{0x1fffe, 0x1ffff},
		{0xe0000, 0xe0fff},
		{0x10fffe, 0x10ffff},
	}
}

// Raw returns the mistakes in any output for people: bytes that are not UTF-8, characters that
// must not be raw, and piles of marks.
func Raw(data []byte) []string {
	var mistakes []string
	marks, spans := 0, ranges()
	for i := 0; i < len(data); {
		if data[i] >= ' ' && data[i] < 0x7f || data[i] == '\n' {
			marks = 0
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r >= 0x300 && r < 0x370 || r >= 0x483 && r < 0x48a || r >= 0x20d0 && r < 0x2100 {
			marks++
		} else {
			marks = 0
		}
		bad := r == utf8.RuneError && size == 1 || marks > 10
		for _, span := range spans {
			bad = bad || r >= span[0] && r <= span[1]
		}
		if bad {
			mistakes = append(mistakes, fmt.Sprintf("%#x is raw in %q", data[i:i+size], data[max(0, i-40):min(len(data), i+40)]))
		}
		i += size
	}
	return mistakes
}

// Console returns the mistakes in what a command prints, which a terminal and a CI service
// read. Styles are removed first where they are allowed.
func Console(data []byte, styles bool) []string {
	if styles {
		data = regexp.MustCompile("\x1b\\[(0|1|(1;)?(3[12356]|90))m").ReplaceAll(data, nil)
	}
	mistakes := Raw(data)
	bracket := regexp.MustCompile(`(?i)##[a-z]*\[`)
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || bracket.MatchString(line) {
			mistakes = append(mistakes, fmt.Sprintf("a CI service takes the line %q as a command", line))
		}
	}
	return mistakes
}
