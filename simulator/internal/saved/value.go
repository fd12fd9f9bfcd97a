package saved

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Value is one JSON value of a file.
type Value struct {
	file   *File
	start  int // where it begins in the file
	inside bool
	path   string
	Raw    json.RawMessage
}

// Member is one member of an object.
type Member struct {
	Name string
	Value
}

// Line is the line on which the value begins.
func (v *Value) Line() int { return v.file.Line(v.start) }

// Place is file, line and field: "log.json:12: value[3]".
func (v *Value) Place() string {
	place := fmt.Sprintf("%s:%d", v.file.Name, v.Line())
	if v.path != "" {
		place += ": " + v.path
	}
	return place
}

// Fault is a mistake at the value; what ends with a hint.
func (v *Value) Fault(format string, args ...any) error {
	return fmt.Errorf("%s: %w", v.Place(), fmt.Errorf(format, args...))
}

// Kind is '{', '[', '"', 't', 'f', 'n' or '0' for a number.
func (v *Value) Kind() byte {
	switch c := v.Raw[0]; c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	}
	return '0'
}

// Values lists the documents of a JSON file: one document, or one on each line.
func (f *File) Values() ([]Value, error) {
	var out []Value
	dec := json.NewDecoder(bytes.NewReader(f.Text))
	for {
		v := Value{file: f}
		err := dec.Decode(&v.Raw)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, f.broken(err, int(dec.InputOffset()))
		}
		v.start = int(dec.InputOffset()) - len(v.Raw)
		out = append(out, v)
	}
}

// broken words a mistake of the syntax.
func (f *File) broken(err error, offset int) error {
	var syntax *json.SyntaxError
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && strings.Contains(syntax.Error(), "unexpected end") {
		return fmt.Errorf("%s:%d: the file ends inside a value; hint: the download was cut off, repeat it", f.Name, f.Line(max(len(f.Text)-1, 0)))
	}
	if syntax != nil {
		offset = max(offset, int(syntax.Offset)-1)
	}
	line := f.Line(min(offset, max(len(f.Text)-1, 0)))
	if start := bytes.TrimSpace(f.Text); len(start) > 0 && start[0] == '<' {
		return fmt.Errorf("%s:%d: the file is HTML or XML, not JSON; hint: sign in, and save the response and not the page", f.Name, line)
	}
	if err := f.surrounded(offset, line); err != nil {
		return err
	}
	return fmt.Errorf("%s:%d: not valid JSON: %w; hint: save the response unchanged, as JSON, JSON lines or CSV", f.Name, line, err)
}

// List returns the elements of an array.
func (v *Value) List() ([]Value, error) {
	var out []Value
	err := v.walk('[', func(dec *json.Decoder, _ string) error {
		e := Value{file: v.file, inside: v.inside, path: v.path + "[" + strconv.Itoa(len(out)) + "]"}
		if err := dec.Decode(&e.Raw); err != nil {
			return err
		}
		e.start = v.offset(int(dec.InputOffset()) - len(e.Raw))
		out = append(out, e)
		return nil
	})
	return out, err
}

// Members returns the members of an object in their order.
func (v *Value) Members() ([]Member, error) {
	var out []Member
	err := v.walk('{', func(dec *json.Decoder, name string) error {
		m := Member{Name: name, Value: Value{file: v.file, inside: v.inside, path: strings.TrimPrefix(v.path+"."+name, ".")}}
		if err := dec.Decode(&m.Raw); err != nil {
			return err
		}
		m.start = v.offset(int(dec.InputOffset()) - len(m.Raw))
		out = append(out, m)
		return nil
	})
	return out, err
}

// offset is a position of the value in its file; in a string that holds JSON all are the same.
func (v *Value) offset(within int) int {
	if v.inside {
		return v.start
	}
	return v.start + within
}

func (v *Value) walk(open json.Delim, each func(dec *json.Decoder, name string) error) error {
	dec := json.NewDecoder(bytes.NewReader(v.Raw))
	if t, err := dec.Token(); err != nil || t != open {
		return v.Fault("expected %s, found %s", map[json.Delim]string{'[': "a list", '{': "an object"}[open], v.short())
	}
	for dec.More() {
		var name string
		if open == '{' {
			t, err := dec.Token()
			if err != nil {
				return v.Fault("%w", err)
			}
			name, _ = t.(string)
		}
		if err := each(dec, name); err != nil {
			return v.Fault("%w", err)
		}
	}
	return nil
}

func (v *Value) short() string {
	text := string(v.Raw)
	if len(text) > 40 {
		text = text[:40] + "…"
	}
	return text
}

// String is the value as a string: a string unquoted, null as "", all else as it stands.
func (v *Value) String() string {
	switch v.Kind() {
	case 'n':
		return ""
	case '"':
		var s string
		if json.Unmarshal(v.Raw, &s) == nil {
			return s
		}
	}
	return string(v.Raw)
}

// Unwrapped is the value inside a string that holds JSON, as Log Analytics stores objects and
// lists; any other value is returned as it is.
func (v *Value) Unwrapped() Value {
	if v.Kind() != '"' {
		return *v
	}
	text := strings.TrimSpace(v.String())
	if text == "" || text[0] != '{' && text[0] != '[' || !json.Valid([]byte(text)) {
		return *v
	}
	return Value{file: v.file, start: v.start, inside: true, path: v.path, Raw: json.RawMessage(text)}
}
