package saved

import (
	"bytes"
	"errors"
	"fmt"
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// File is the decoded text of one file.
type File struct {
	Name  string
	Text  []byte
	lines []int // where each line begins
}

// Decode is the text of a file as UTF-8, without a byte order mark.
func Decode(data []byte) ([]byte, error) { return decoded(data) }

// Open decodes a file. It removes a byte order mark and turns UTF-16 into UTF-8.
func Open(name string, data []byte) (*File, error) {
	text, err := decoded(data)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f := &File{Name: name, Text: text, lines: []int{0}}
	for i, b := range text {
		if b == '\n' {
			f.lines = append(f.lines, i+1)
		}
	}
	return f, nil
}

// Blank reports whether the file has no text.
func (f *File) Blank() bool { return len(bytes.TrimSpace(f.Text)) == 0 }

// Line is the line of an offset, counted from 1.
func (f *File) Line(offset int) int {
	return sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset })
}

func decoded(data []byte) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return fromUTF16(data[2:], 0), nil
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], 1), nil
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil, errors.New("the file is a ZIP archive; hint: unpack it and give the files")
	case bytes.HasPrefix(data, []byte{0x1F, 0x8B}):
		return nil, errors.New("the file is compressed with gzip; hint: unpack it with gunzip")
	}
	if low, ok := unmarked(data); ok {
		return fromUTF16(data, low), nil
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return nil, errors.New("the file is not text; hint: give a JSON, JSON lines or CSV file")
	}
	if !utf8.Valid(data) {
		return fromLatin(data), nil
	}
	return data, nil
}

// unmarked recognises UTF-16 without a byte order mark: JSON and CSV begin with characters of ASCII,
// so every second byte of the beginning is 0. low is the position of the low byte in each pair.
func unmarked(data []byte) (low int, ok bool) {
	if len(data) < 4 || len(data)%2 != 0 {
		return 0, false
	}
	switch [4]bool{data[0] == 0, data[1] == 0, data[2] == 0, data[3] == 0} {
	case [4]bool{false, true, false, true}:
		return 0, true
	case [4]bool{true, false, true, false}:
		return 1, true
	}
	return 0, false
}

// fromUTF16 decodes UTF-16; low is the position of the low byte in each pair.
func fromUTF16(data []byte, low int) []byte {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i+low])|uint16(data[i+1-low])<<8)
	}
	return []byte(string(utf16.Decode(units)))
}

// fromLatin decodes Windows-1252, which spreadsheets save; only the letters matter.
func fromLatin(data []byte) []byte {
	out := make([]rune, len(data))
	for i, b := range data {
		out[i] = rune(b)
	}
	return []byte(string(out))
}
