package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Header says which stream was sent by whom. It is the first line.
type Header struct {
	// Stream is the fingerprint of the requests.
	Stream string `json:"stream"`
	Target string `json:"target"`
	// Shard is the part of the stream, or empty.
	Shard string `json:"shard,omitempty"`
	// Tenants are their names, in the order of their numbers.
	Tenants []string `json:"tenants"`
}

// Note is a request that is about to be sent, or that has a response.
type Note struct {
	Request int64 `json:"request"`
	Tenant  int   `json:"tenant,omitempty"`
	// Entry is that of the journal; 0 is none.
	Entry int64 `json:"entry,omitempty"`
	// Status is that of the response; 0 means that the request is about to be sent.
	Status int `json:"status,omitempty"`
	// IDs are those that the response gave, in the order of the variables of the request.
	IDs []string `json:"ids,omitempty"`
}

// Worked reports whether the response is one of success.
func (n *Note) Worked() bool { return n.Status >= 200 && n.Status < 300 }

// line appends the note as JSON. It is written by hand, because each request has one.
func (n *Note) line(b []byte) []byte {
	b = append(b, `{"request":`...)
	b = strconv.AppendInt(b, n.Request, 10)
	b = number(b, `,"tenant":`, int64(n.Tenant))
	b = number(b, `,"entry":`, n.Entry)
	b = number(b, `,"status":`, int64(n.Status))
	for i, id := range n.IDs {
		if i == 0 {
			b = append(b, `,"ids":[`...)
		} else {
			b = append(b, ',')
		}
		b = text(b, id)
	}
	if len(n.IDs) > 0 {
		b = append(b, ']')
	}
	return append(b, '}', '\n')
}

func number(b []byte, name string, n int64) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, name...), n, 10)
}

// text appends a string. Most ids need no escapes.
func text(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			quoted, _ := json.Marshal(s) // a string can always be marshalled
			return append(b, quoted...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

func parse(line []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("it is not a line of a ledger: %w", err)
	}
	return nil
}
