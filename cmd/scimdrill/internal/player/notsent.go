package player

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// notSentName is the file with all requests that were not sent.
const notSentName = "not-sent.jsonl"

// notSent writes the requests that were not sent, one a line. There is no file where all were.
type notSent struct {
	path string
	text func(string) string // redacts

	mu   sync.Mutex
	file *os.File
	err  error
}

// openNotSent removes the file of an earlier run.
func openNotSent(dir string, redact func(string) string) (*notSent, error) {
	n := &notSent{path: filepath.Join(dir, notSentName), text: redact}
	return n, exit.Unwritten(runs.RemoveIfThere(n.path))
}

// Add writes one.
func (n *notSent) Add(x replay.NotSent) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.err != nil {
		return
	}
	if n.file == nil {
		if n.file, n.err = wholefile.OpenPrivate(n.path, os.O_WRONLY|os.O_TRUNC); n.err != nil {
			return
		}
	}
	x.Object, x.Needs = n.text(x.Object), n.text(x.Needs)
	line, err := json.Marshal(x)
	if err == nil {
		_, err = n.file.Write(append(outside.JSON(line), '\n'))
	}
	n.err = err
}

// Close completes the file.
func (n *notSent) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.file == nil {
		return exit.Unwritten(n.err)
	}
	return exit.Unwritten(errors.Join(n.err, n.file.Close()))
}
