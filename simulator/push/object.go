package push

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Member is a name and its value, as it stands in JSON.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Object is a JSON object whose members keep their order. A body is sent as the client builds it, and a
// resource is sent back as the target returned it.
type Object []Member

// ParseObject reads a JSON object.
func ParseObject(text []byte) (Object, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(errors.New("the text is not a JSON object"), err)
	}
	var o Object
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		var v json.RawMessage
		if err := dec.Decode(&v); err != nil {
			return nil, err
		}
		o = append(o, Member{name, v})
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if dec.More() {
		return nil, errors.New("there is text behind the JSON object")
	}
	return o, nil
}

// MarshalJSON writes the members in their order.
func (o Object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := Raw(m.Name)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(m.Value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Raw is a value in JSON, without the escapes of HTML.
func Raw(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// Get returns the value of a member, whose name is compared case-insensitively (RFC 7643, 2.1), or nil.
func (o Object) Get(name string) json.RawMessage {
	for _, m := range o {
		if strings.EqualFold(m.Name, name) {
			return m.Value
		}
	}
	return nil
}

// Text returns a string member, or "".
func (o Object) Text(name string) string {
	var s string
	if json.Unmarshal(o.Get(name), &s) != nil {
		return ""
	}
	return s
}

// False reports whether a member is the Boolean false.
func (o Object) False(name string) bool { return string(o.Get(name)) == "false" }

// Set replaces a member in its place, or adds it at the end.
func (o *Object) Set(name string, value json.RawMessage) {
	for i := range *o {
		if strings.EqualFold((*o)[i].Name, name) {
			(*o)[i].Value = value
			return
		}
	}
	*o = append(*o, Member{name, value})
}

// Remove removes a member.
func (o *Object) Remove(name string) {
	kept := (*o)[:0:0]
	for _, m := range *o {
		if !strings.EqualFold(m.Name, name) {
			kept = append(kept, m)
		}
	}
	*o = kept
}

// Within returns the object in a member; one that is missing or of another type is empty.
func (o Object) Within(name string) Object {
	inner, err := ParseObject(o.Get(name))
	if err != nil {
		return nil
	}
	return inner
}
