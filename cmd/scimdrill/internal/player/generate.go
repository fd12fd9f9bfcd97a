package player

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// generate lets the engine run an initial cycle against a target in memory that knows nobody, and
// keeps its requests in a temporary file, which done removes.
func (l *Load) generate(ctx context.Context) (done func(), err error) {
	dir, err := os.MkdirTemp("", "scimdrill-replay-")
	if err != nil {
		return nil, exit.Broken("", "create a temporary folder: %w", err)
	}
	remove := func() { _ = os.RemoveAll(dir) } // what stays is in the system's temporary folder
	path := filepath.Join(dir, "requests.jsonl")
	requests, err := l.render(ctx, dir, path)
	if err != nil {
		remove()
		return nil, err
	}
	l.Console.Say("generated %s", console.Counted(requests, "request"))
	l.total = requests
	if l.source, err = replay.Open(path, l.note); err == nil {
		l.print, err = printOf(path)
	}
	if err != nil {
		remove()
		return nil, exit.Broken("", "%w", err)
	}
	return remove, nil
}

// render writes the stream.
func (l *Load) render(ctx context.Context, dir, path string) (requests int64, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, exit.Broken("", "write the generated stream: %w", err)
	}
	buffer := bufio.NewWriterSize(file, 1<<20)
	nobody := &emptyTarget{stream: recording.NewStream(buffer), start: engine.Start()}
	u := *l.Endpoint.URL
	run := &play.Run{
		Console: l.Console, Clock: clock.NewVirtual(engine.Start()), Source: play.Source{Generate: l.Flags.Generate},
		Endpoint: &endpoint.Endpoint{URL: &u, Client: &http.Client{Transport: nobody}, Redact: exchange.NewRedactor(), Embedded: true},
	}
	settings := play.Settings{
		Target: l.Target.Target, Profile: "customappsso", Dialect: l.Flags.Dialect, Scope: "assigned", Cycles: 1, Parallel: 1, AllowRate: true,
		State: filepath.Join(dir, "state"), Out: filepath.Join(dir, "out"), Transcript: "off",
		Verify: "off",
	}
	if err := run.Configure(settings); err != nil {
		return 0, errors.Join(err, file.Close())
	}
	if err := run.Begin(l.identity, nil); err != nil {
		return 0, errors.Join(err, file.Close())
	}
	run.Config.External = false // nothing is sent there
	leave, err := run.Enter()
	if err != nil {
		return 0, errors.Join(err, file.Close())
	}
	defer leave()
	played, err := run.Play(ctx)
	if err == nil {
		err = played.Cause
	}
	if err := errors.Join(err, nobody.err, buffer.Flush(), file.Close()); err != nil {
		return 0, exit.Broken("check the free disk space", "generate the stream: %w", err)
	}
	return nobody.count, nil
}

// emptyTarget answers as a target that knows nobody, and writes the stream.
type emptyTarget struct {
	stream *recording.Stream
	start  time.Time

	mu    sync.Mutex
	count int64
	err   error
}

// RoundTrip answers one request.
func (t *emptyTarget) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		_ = r.Body.Close()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count++
	status, answer := http.StatusNoContent, ""
	switch r.Method {
	case http.MethodPost:
		status = http.StatusCreated
		answer = `{"id":"` + fmt.Sprintf("generated-%012d", t.count) + `",` + strings.TrimPrefix(strings.TrimSpace(string(body)), "{")
	case http.MethodGet:
		status, answer = http.StatusOK, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`
	}
	x := &exchange.Exchange{
		Started: t.start, Method: r.Method, URL: r.URL.String(), RequestHeader: r.Header, RequestBody: body, Status: status, ResponseBody: []byte(answer),
	}
	if t.err == nil {
		t.err = t.stream.Add(x)
	}
	return &http.Response{
		Status: strconv.Itoa(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/scim+json"}}, Body: io.NopCloser(strings.NewReader(answer)), ContentLength: int64(len(answer)),
	}, nil
}
