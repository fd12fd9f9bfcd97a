package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
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

// scan finds the last number and where the last whole line ends. A journal that is opened
// again can be long, and lines in the form in which they are written are not decoded.
func scan(data []byte, path string) (last int64, whole int, err error) {
	for number := 1; whole < len(data); number++ {
		line, _, ended := bytes.Cut(data[whole:], []byte("\n"))
		if !ended {
			break
		}
		seq, ok := written(line)
		if !ok {
			r, err := parseRecord(line)
			if err != nil {
				return 0, 0, damaged(path, number, err)
			}
			seq = r.Seq
		}
		last = max(last, seq)
		whole += len(line) + 1
	}
	return last, whole, nil
}

// written reads the number of a line that begins and ends as record.line writes it.
func written(line []byte) (seq int64, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte(`{"seq":`))
	if !ok || !bytes.HasSuffix(line, []byte(`"}`)) {
		return 0, false
	}
	digits, rest, ok := bytes.Cut(rest, []byte(`,"event":"`))
	event, _, closed := bytes.Cut(rest, []byte(`"`))
	seq, err := strconv.ParseInt(string(digits), 10, 64)
	switch string(event) {
	case eventIntent, eventMade, eventGone:
		return seq, ok && closed && err == nil && seq > 0
	}
	return 0, false
}

func damaged(path string, number int, err error) error {
	return fmt.Errorf("read journal %s line %d: %w; hint: restore the file, or remove the damaged line and the object it names by hand",
		path, number, err)
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
			return nil, 0, damaged(path, number, err)
		}
		records = append(records, r)
		whole += len(line) + 1
	}
	return records, whole, nil
}
