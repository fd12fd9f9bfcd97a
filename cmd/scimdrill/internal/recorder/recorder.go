package recorder

import (
	"encoding/base64"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/pseudonym"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// StreamName is the file with a line for each request.
const StreamName = "requests.jsonl"

// recorder writes down what passes.
type recorder struct {
	redact     *exchange.Redactor
	Names      *pseudonym.Names // nil leaves people as they are
	transcript *runs.Transcript
	file       *os.File
	stream     *recording.Stream

	mu      sync.Mutex
	summary *recording.Summary
	err     error
}

// New begins the files of a recording in a folder.
func New(con *console.Console, dir string, redact *exchange.Redactor) (*recorder, error) {
	t, err := runs.OpenTranscript(filepath.Join(dir, runs.HARName), con.Tool.Version, redact)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(dir, StreamName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, errors.Join(exit.Unwritten(err), t.Close())
	}
	return &recorder{redact: redact, transcript: t, file: file, stream: recording.NewStream(file), summary: recording.NewSummary()}, nil
}

// learn has the credentials of a request redacted also where a target repeats them.
func (r *recorder) learn(h http.Header) {
	for name, values := range h {
		if !strings.EqualFold(name, "Authorization") && !strings.EqualFold(name, "X-Api-Key") {
			continue
		}
		for _, value := range values {
			scheme, rest, ok := strings.Cut(value, " ")
			if !ok {
				rest = value
			}
			r.redact.Add(rest)
			if pair, err := base64.StdEncoding.DecodeString(rest); err == nil && strings.EqualFold(scheme, "basic") {
				_, password, _ := strings.Cut(string(pair), ":")
				r.redact.Add(password)
			}
		}
	}
}

// Record is called before the answer goes on; the lock keeps the files in one order.
func (r *recorder) Record(x *exchange.Exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.learn(x.RequestHeader)
	x = r.redact.Exchange(x)
	if r.Names != nil {
		x = r.Names.Exchange(x)
	}
	r.transcript.Add(x)
	r.summary.Add(recording.FromExchange(x))
	if err := r.stream.Add(x); err != nil && r.err == nil {
		r.err = err
	}
}

func (r *recorder) Close() error {
	err := r.transcript.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	return errors.Join(err, exit.Unwritten(errors.Join(r.err, r.file.Close())))
}
