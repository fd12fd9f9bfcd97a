package runs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Transcript is the exchanges.har of a run. It keeps the first error for the end, so
// that a full disk does not stop what is being tested.
type Transcript struct {
	Har *exchange.HAR

	mu  sync.Mutex
	err error
}

// OpenTranscript begins the HAR file of a run.
func OpenTranscript(path, version string, redact *exchange.Redactor) (*Transcript, error) {
	har, err := exchange.CreateHAR(path, version, 0, redact)
	if err != nil {
		return nil, exit.Unwritten(err)
	}
	return &Transcript{Har: har}, nil
}

// Add keeps an exchange.
func (t *Transcript) Add(x *exchange.Exchange) {
	if err := t.Har.Add(x); err != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.err = cmp.Or(t.err, err)
	}
}

// AddMasked is add for what a target said of people whom no run made.
func (t *Transcript) AddMasked(x *exchange.Exchange) {
	kept, _ := session.Mask(x, nil)
	t.Add(kept)
}

// Close completes the file, and gives the first error.
func (t *Transcript) Close() error {
	err := t.Har.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return exit.Unwritten(cmp.Or(t.err, err))
}

// harLog is a HAR file, as far as joining two needs it.
type harLog struct {
	Log struct {
		Version string            `json:"version"`
		Creator json.RawMessage   `json:"creator"`
		Entries []json.RawMessage `json:"entries"`
		Comment string            `json:"comment,omitempty"`
	} `json:"log"`
}

// JoinTranscripts puts the entries of the second file behind those of the first one and
// removes the second.
func JoinTranscripts(first, second string) error {
	var logs [2]harLog
	for i, path := range []string{first, second} {
		data, err := os.ReadFile(path)
		if err != nil {
			return exit.Unwritten(err)
		}
		if err := json.Unmarshal(data, &logs[i]); err != nil {
			return exit.Unwritten(fmt.Errorf("read %s: %w", path, err))
		}
	}
	logs[0].Log.Entries = append(logs[0].Log.Entries, logs[1].Log.Entries...)
	data, err := json.Marshal(logs[0])
	if err != nil {
		return exit.Unwritten(err)
	}
	if err := WriteWhole(first, data); err != nil {
		return err
	}
	return exit.Unwritten(os.Remove(second))
}
