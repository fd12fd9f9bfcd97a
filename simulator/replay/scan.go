package replay

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// nameValue is a value by which an object may be found.
type nameValue struct{ name, text string }

// namesIn are the values of a resource by which people and filters find it: userName,
// externalId and displayName at the top, and the value of a complex attribute.
func namesIn(body []byte) []nameValue {
	var list []nameValue
	dec := decoder(body)
	name := ""
	for {
		depth := dec.StackDepth()
		token, err := dec.ReadToken()
		if err != nil {
			return list
		}
		if token.Kind() != '"' {
			continue
		}
		kind, index := dec.StackIndex(dec.StackDepth())
		if kind != '{' {
			continue
		}
		if index%2 == 1 { // a name
			name = token.String()
			if name == "members" || name == "manager" {
				if dec.SkipValue() != nil {
					return list
				}
			}
			continue
		}
		if value := token.String(); value != "" && (depth == 1 && isName(name) || depth == 3 && name == "value") {
			list = append(list, nameValue{name, value})
		}
	}
}

func isName(name string) bool {
	return name == "userName" || name == "externalId" || name == "displayName"
}

func decoder(body []byte) *jsontext.Decoder {
	return jsontext.NewDecoder(bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
}

// found is a resource of a response: its id, and what it is called by.
type found struct {
	id    string
	names []string
}

// called reports whether a resource has a name.
func (f *found) called(name string) bool {
	for _, n := range f.names {
		if bytes.EqualFold([]byte(n), []byte(name)) {
			return true
		}
	}
	return false
}

// idIn is the id at the top of a resource; what follows it is not read.
func idIn(body []byte) string {
	if id, ok := idScanned(body); ok {
		return id
	}
	id, _ := idDecoded(body)
	return id
}

// idDecoded is idIn for every text; valid says that the text is JSON up to the id.
func idDecoded(body []byte) (id string, valid bool) {
	dec := decoder(body)
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return "", false
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return "", false
		}
		if name.String() != "id" {
			if dec.SkipValue() != nil {
				return "", false
			}
			continue
		}
		return scalar(dec), true
	}
	return "", false
}

// scalar is a string or a number; some targets give numbers.
func scalar(dec *jsontext.Decoder) string {
	token, err := dec.ReadToken()
	if err != nil || token.Kind() != '"' && token.Kind() != '0' {
		return ""
	}
	return token.String()
}

// resourcesIn are the resources of a list, or the one resource of a response.
func resourcesIn(body []byte) []found {
	dec := decoder(body)
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return nil
	}
	var one found
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return nil
		}
		if name.String() == "Resources" && dec.PeekKind() == '[' {
			return listed(dec)
		}
		if !one.member(dec, name.String()) {
			return nil
		}
	}
	if one.id == "" {
		return nil
	}
	return []found{one}
}

func listed(dec *jsontext.Decoder) []found {
	var list []found
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	for dec.PeekKind() == '{' {
		var f found
		if _, err := dec.ReadToken(); err != nil {
			return list
		}
		for dec.PeekKind() == '"' {
			name, err := dec.ReadToken()
			if err != nil || !f.member(dec, name.String()) {
				return list
			}
		}
		if _, err := dec.ReadToken(); err != nil {
			return list
		}
		list = append(list, f)
	}
	return list
}

// member takes one member of a resource.
func (f *found) member(dec *jsontext.Decoder, name string) bool {
	switch {
	case name == "id":
		f.id = scalar(dec)
	case isName(name) && dec.PeekKind() == '"':
		f.names = append(f.names, scalar(dec))
	default:
		return dec.SkipValue() == nil
	}
	return true
}

// drained reads a body to its end into a buffer that is used again, and keeps at most limit bytes.
func drained(body io.Reader, into []byte, limit int) ([]byte, error) {
	into = into[:0]
	for {
		if len(into) == cap(into) {
			if len(into) >= limit {
				_, err := io.Copy(io.Discard, body)
				return into, err
			}
			into = append(into, 0)[:len(into)]
		}
		n, err := body.Read(into[len(into):cap(into)])
		into = into[:len(into)+n]
		if err == io.EOF {
			return into, nil
		}
		if err != nil {
			return into, err
		}
	}
}
