package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"sync"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// transcript is the exchanges.har of a run. It keeps the first error for the end, so
// that a full disk does not stop what is being tested.
type transcript struct {
	har *exchange.HAR

	mu  sync.Mutex
	err error
}

func openTranscript(path, version string, redact *exchange.Redactor) (*transcript, error) {
	har, err := exchange.CreateHAR(path, version, 0, redact)
	if err != nil {
		return nil, unwritten(err)
	}
	return &transcript{har: har}, nil
}

func (t *transcript) add(x *exchange.Exchange) {
	if err := t.har.Add(x); err != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.err = cmp.Or(t.err, err)
	}
}

// addMasked is add for what a target said of people whom no run made.
func (t *transcript) addMasked(x *exchange.Exchange) {
	kept, _ := session.Mask(x, nil)
	t.add(kept)
}

func (t *transcript) close() error {
	err := t.har.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	return unwritten(cmp.Or(t.err, err))
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

// joinTranscripts puts the entries of the second file behind those of the first one and
// removes the second.
func joinTranscripts(first, second string) error {
	var logs [2]harLog
	for i, path := range []string{first, second} {
		data, err := os.ReadFile(path)
		if err != nil {
			return unwritten(err)
		}
		if err := json.Unmarshal(data, &logs[i]); err != nil {
			return unwritten(fmt.Errorf("read %s: %w", path, err))
		}
	}
	logs[0].Log.Entries = append(logs[0].Log.Entries, logs[1].Log.Entries...)
	data, err := json.Marshal(logs[0])
	if err != nil {
		return unwritten(err)
	}
	if err := writeWhole(first, data); err != nil {
		return err
	}
	return unwritten(os.Remove(second))
}
