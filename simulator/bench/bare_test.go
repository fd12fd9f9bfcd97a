package bench

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// bareRun is what the bare client is to do.
type bareRun struct {
	URL      string
	Requests string // file
	Parallel int
}

// runBare is the control: a plain client of net/http that sends the recorded requests with
// as many in flight, reads every answer to its end, and does nothing else.
func runBare(ctx context.Context, run bareRun) (measure, error) {
	list, err := readRecording(run.Requests)
	if err != nil {
		return measure{}, err
	}
	transport := &http.Transport{MaxIdleConns: 4096, MaxIdleConnsPerHost: 4096}
	var next, failed atomic.Int64
	m, err := timed(func() error {
		var workers sync.WaitGroup
		for range run.Parallel {
			workers.Go(func() {
				for i := next.Add(1) - 1; i < int64(len(list)); i = next.Add(1) - 1 {
					if sendBare(ctx, transport, run.URL, &list[i]) != nil {
						failed.Add(1)
					}
				}
			})
		}
		workers.Wait()
		return nil
	})
	m.Requests = int64(len(list))
	if failed.Load() > 0 {
		err = errors.New("requests failed")
	}
	return m, err
}

func sendBare(ctx context.Context, transport *http.Transport, base string, r *recorded) error {
	var body io.Reader = http.NoBody
	if len(r.Body) > 0 {
		body = bytes.NewReader(r.Body)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, base+r.Path, body)
	if err != nil {
		return err
	}
	req.Header = r.Header
	if req.Header.Get("User-Agent") == "" {
		req.Header["User-Agent"] = []string{""} // as the engine, which sends none
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return errors.Join(err, resp.Body.Close(), unexpected(resp.StatusCode))
}

func unexpected(status int) error {
	if status/100 != 2 {
		return errors.New("status " + strings.TrimSpace(http.StatusText(status)))
	}
	return nil
}
