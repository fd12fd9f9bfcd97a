package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// Object is one thing in the target, and how to find it again.
type Object struct {
	// Collection is the endpoint under the base URL, such as "Users".
	Collection string `json:"collection,omitempty"`
	// Attribute and Value find the object by exact match.
	Attribute string `json:"attribute,omitempty"`
	Value     string `json:"value,omitempty"`
	// AltAttribute and AltValue are a second way to find it.
	AltAttribute string `json:"altAttribute,omitempty"`
	AltValue     string `json:"altValue,omitempty"`
	// ID is the target's id, once it is known.
	ID string `json:"id,omitempty"`
}

const (
	eventIntent = "intent"
	eventMade   = "made"
	eventGone   = "gone"
)

// record is one line of the file.
type record struct {
	Seq   int64  `json:"seq"`
	Event string `json:"event"`
	Object
}

func (r record) line() ([]byte, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

func parseRecord(line []byte) (record, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return record{}, err
	}
	switch {
	case r.Seq <= 0:
		return record{}, errors.New(`no positive "seq"`)
	case r.Event != eventIntent && r.Event != eventMade && r.Event != eventGone:
		return record{}, fmt.Errorf("unknown event %q", r.Event)
	default:
		return r, nil
	}
}

// parse reads all whole lines. whole is the length of the part that ends with
// the last of them; a last line that was not written to its end is left out.
func parse(data []byte, path string) (records []record, whole int, err error) {
	for number := 1; whole < len(data); number++ {
		line, _, ended := bytes.Cut(data[whole:], []byte("\n"))
		if !ended {
			return records, whole, nil
		}
		r, err := parseRecord(line)
		if err != nil {
			return nil, 0, fmt.Errorf("read journal %s line %d: %w; hint: restore the file, or remove the damaged line and the object it names by hand",
				path, number, err)
		}
		records = append(records, r)
		whole += len(line) + 1
	}
	return records, whole, nil
}
