package replay

import "bytes"

// idScanned finds the id at the top of a resource by its bytes. No string before it may have an
// escape. Otherwise ok is false, and the caller decodes the text.
func idScanned(body []byte) (id string, ok bool) {
	rest, object := bytes.CutPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{"))
	if !object {
		return "", false
	}
	for {
		name, after, ok := stringAt(rest)
		if !ok {
			return "", false
		}
		after, ok = bytes.CutPrefix(bytes.TrimLeft(after, " \t\r\n"), []byte(":"))
		if !ok {
			return "", false
		}
		if string(name) == "id" {
			value, _, ok := stringAt(after)
			return string(value), ok
		}
		if rest = valueEnd(after); len(rest) == 0 || rest[0] != ',' {
			return "", false
		}
		rest = rest[1:]
	}
}

// stringAt takes a string without escapes from the beginning of a text.
func stringAt(text []byte) (value, rest []byte, ok bool) {
	text, ok = bytes.CutPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte(`"`))
	if !ok {
		return nil, nil, false
	}
	end := bytes.IndexByte(text, '"')
	if end < 0 || bytes.IndexByte(text[:end], '\\') >= 0 {
		return nil, nil, false
	}
	for _, c := range text[:end] {
		if c < ' ' || c >= 0x7f {
			return nil, nil, false // decoding replaces what is not UTF-8
		}
	}
	return text[:end], text[end+1:], true
}

// valueEnd skips the value at the beginning of a text: it gives the text from the comma or bracket
// behind it, or nothing where it is not plain.
func valueEnd(text []byte) []byte {
	depth := 0
	for len(text) > 0 {
		switch text[0] {
		case '"':
			_, rest, ok := stringAt(text)
			if !ok {
				return nil
			}
			text = rest
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return text
			}
			depth--
		case ',':
			if depth == 0 {
				return text
			}
		}
		text = text[1:]
	}
	return nil
}
