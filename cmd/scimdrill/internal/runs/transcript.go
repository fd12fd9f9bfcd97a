package runs

import (
	"cmp"
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
