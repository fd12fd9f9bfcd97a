package forecast

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
)

// spool holds the entries of a plan as lines of JSON until the head of the plan is known,
// which stands before them in the file. They are kept compressed: there may be a million.
type spool struct {
	packed bytes.Buffer
	flate  *flate.Writer
	enc    *json.Encoder
	err    error
}

func newSpool() *spool {
	s := &spool{}
	s.flate, s.err = flate.NewWriter(&s.packed, flate.BestSpeed)
	s.enc = json.NewEncoder(s.flate)
	s.enc.SetEscapeHTML(false)
	return s
}

// add appends an entry. The first error is kept for lines.
func (s *spool) add(v any) {
	if s.err == nil {
		s.err = s.enc.Encode(v)
	}
}

// lines ends the spool and reads it.
func (s *spool) lines() (io.ReadCloser, error) {
	if s.err == nil {
		s.err = s.flate.Close()
	}
	return flate.NewReader(&s.packed), s.err
}
