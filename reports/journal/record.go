package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Object is an object in the target and how to find it.
type Object struct {
	// Collection is the endpoint under the base URL, such as "Users".
	Collection string `json:"collection,omitempty"`
	// Attribute and Value find the object by exact match.
	Attribute string `json:"attribute,omitempty"`
	Value     string `json:"value,omitempty"`
	// AltAttribute and AltValue are an alternative way to find it.
	AltAttribute string `json:"altAttribute,omitempty"`
	AltValue     string `json:"altValue,omitempty"`
	// Tenant is the tenant that the object is in, where a run writes to several.
	Tenant string `json:"tenant,omitempty"`
	// ID is the id in the target, once known.
	ID string `json:"id,omitempty"`
}

// Header says whose journal it is. It is the first line of the file.
type Header struct {
	// Target is the address of the target, without secrets.
	Target string `json:"target,omitempty"`
	// Run is the id of the run that began the journal.
	Run string `json:"run,omitempty"`
	// State names the state of the job that writes the journal, run after run; it is empty for
	// a run without one.
	State string `json:"state,omitempty"`
}

const (
	eventHeader = "journal"
	eventIntent = "intent"
	eventMade   = "made"
	eventNamed  = "named"
	eventGone   = "gone"
)

// record is one line of the file.
type record struct {
	Seq   int64  `json:"seq"`
	Event string `json:"event"`
	Object
	Header
}

func (r record) line() ([]byte, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	data = outside.JSON(data)
	if len(data) >= maxLine {
		return nil, errLong
	}
	return append(data, '\n'), nil
}

func parseRecord(line []byte) (record, error) {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return record{}, err
	}
	switch {
	case r.Event == eventHeader:
		return r, nil
	case r.Seq <= 0:
		return record{}, errors.New(`"seq" must be positive`)
	case r.Event != eventIntent && r.Event != eventMade && r.Event != eventNamed && r.Event != eventGone:
		return record{}, fmt.Errorf("unknown event %q", r.Event)
	default:
		return r, nil
	}
}

// written returns the sequence number of a line in the form that record.line writes.
func written(line []byte) (seq int64, ok bool) {
	rest, ok := bytes.CutPrefix(line, []byte(`{"seq":`))
	if !ok || !bytes.HasSuffix(line, []byte(`"}`)) {
		return 0, false
	}
	digits, rest, ok := bytes.Cut(rest, []byte(`,"event":"`))
	event, _, closed := bytes.Cut(rest, []byte(`"`))
	seq, err := strconv.ParseInt(string(digits), 10, 64)
	switch string(event) {
	case eventIntent, eventMade, eventNamed, eventGone:
		return seq, ok && closed && err == nil && seq > 0
	}
	return 0, false
}
