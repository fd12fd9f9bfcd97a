package pseudonym

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// redacted is what stands where a secret was.
const redacted = "REDACTED"

// leftOut stands for a body that cannot be read.
const leftOut = `{"leftOut":"the body is not JSON, so names in it could not be replaced"}`

// Body returns a copy of a body; all but the replaced values are the bytes that came.
func (n *Names) Body(body []byte) []byte {
	if len(bytes.TrimSpace(body)) == 0 {
		return body
	}
	out, err := n.rewrite(body, nil)
	if err != nil {
		return []byte(leftOut)
	}
	return out
}

// level is an object or list that is being read.
type level struct {
	name string // under which it stands
	key  string // of the member that comes
}

// rewrite replaces the strings of a JSON text that stands at a place.
func (n *Names) rewrite(text []byte, place []string) ([]byte, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var out bytes.Buffer
	done := int64(0)
	stack := []level{{}}
	paths := operationPaths(text)
	operation := -1
	for {
		kind := dec.PeekKind()
		if kind == 0 || kind == '"' && !n.named(dec) {
			raw, err := dec.ReadValue()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, err
			}
			start := dec.InputOffset() - int64(len(raw))
			replaced, err := n.replaced(raw, append(slices.Clone(place), where(stack, paths, operation)...))
			if err != nil {
				return nil, err
			}
			out.Write(text[done:start])
			out.Write(replaced)
			done = dec.InputOffset()
			continue
		}
		token, err := dec.ReadToken()
		if err != nil {
			return nil, err
		}
		top := &stack[len(stack)-1]
		switch token.Kind() {
		case '{', '[':
			if strings.EqualFold(top.name, "Operations") && token.Kind() == '{' {
				operation++
			}
			name := top.key
			if name == "" {
				name = top.name // an element of a list stands where the list does
			}
			stack = append(stack, level{name: name})
		case '}', ']':
			stack = stack[:len(stack)-1]
			stack[len(stack)-1].key = ""
		case '"':
			top.key = token.String()
		default:
			top.key = ""
		}
	}
	out.Write(text[done:])
	return out.Bytes(), nil
}

// named reports whether the string that comes is the name of a member.
func (n *Names) named(dec *jsontext.Decoder) bool {
	kind, length := dec.StackIndex(dec.StackDepth())
	return kind == '{' && length%2 == 0
}

// where are the names from the outside in; in an operation of a PATCH its path takes part.
func where(stack []level, paths []string, operation int) []string {
	var names []string
	for _, l := range stack[1:] {
		if l.name != "" && (len(names) == 0 || names[len(names)-1] != l.name) {
			names = append(names, l.name)
		}
	}
	if key := stack[len(stack)-1].key; key != "" {
		names = append(names, key)
	}
	if len(names) > 1 && strings.EqualFold(names[0], "Operations") && strings.EqualFold(names[1], "value") && operation >= 0 && operation < len(paths) {
		return append([]string{paths[operation]}, names[2:]...)
	}
	return names
}

// operationPaths are the paths of a PATCH, "" for an operation without one.
func operationPaths(text []byte) []string {
	var patch struct {
		Operations []struct{ Path string }
	}
	_ = json.Unmarshal(text, &patch) // what is no PATCH has none
	paths := make([]string, 0, len(patch.Operations))
	for _, o := range patch.Operations {
		paths = append(paths, o.Path)
	}
	return paths
}

// replaced is a JSON string with its pseudonym; JSON inside of it is rewritten as such (W-66).
func (n *Names) replaced(raw jsontext.Value, place []string) ([]byte, error) {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, err
	}
	if inner := strings.TrimSpace(s); strings.HasPrefix(inner, "{") && json.Valid([]byte(inner)) {
		text, err := n.rewrite([]byte(s), place)
		if err != nil {
			return nil, err
		}
		return quoted(string(text), s, raw)
	}
	return quoted(n.at(place, s), s, raw)
}

// quoted writes a string anew only where it changed.
func quoted(now, before string, raw []byte) ([]byte, error) {
	if now == before {
		return raw, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(now)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
