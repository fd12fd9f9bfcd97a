package bench

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// latencyVariable is how long the null target waits before each answer.
const latencyVariable = "SCIMDRILL_BENCH_LATENCY"

// null answers every request in constant time, from the request alone: nobody is found, a
// POST is given an id made of its body, a PATCH has worked.
type null struct{ latency time.Duration }

// ServeHTTP answers.
func (n null) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := fnv.New64a()
	_, _ = io.Copy(h, r.Body)
	if n.latency > 0 {
		time.Sleep(n.latency)
	}
	w.Header()["Content-Type"] = []string{"application/scim+json"}
	switch r.Method {
	case http.MethodPost:
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"%016x"}`, h.Sum64())
	case http.MethodGet:
		if strings.HasPrefix(r.URL.RawQuery, "filter=") || strings.Contains(r.URL.RawQuery, "&filter=") {
			_, _ = io.WriteString(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":%q}`, r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:])
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// serveNull serves until standard input ends; its first line is its URL.
func serveNull(ctx context.Context) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	latency, err := time.ParseDuration(os.Getenv(latencyVariable))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: null{latency}, ReadHeaderTimeout: time.Minute}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		_ = server.Close()
	}()
	if _, err := fmt.Println("http://" + listener.Addr().String()); err != nil {
		return err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// startNull starts a null target in a process of its own.
func startNull(b *testing.B, latency time.Duration) (url string) {
	b.Helper()
	cmd := command(b, "target")
	cmd.Env = append(cmd.Env, latencyVariable+"="+latency.String())
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = stdin.Close() // ends it
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// recorded is one request of the engine, as the bare client sends it again.
type recorded struct {
	Method string
	Path   string // with query
	Header http.Header
	Body   []byte
}

// recorder is a null target that keeps the requests it gets, in their order of arrival.
type recorder struct {
	add chan recorded
}

// ServeHTTP keeps the request and answers it.
func (c *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	header := r.Header.Clone()
	delete(header, "Content-Length")
	c.add <- recorded{Method: r.Method, Path: r.URL.RequestURI(), Header: header, Body: body}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	null{}.ServeHTTP(w, r)
}

// readRecording reads a file of recorded requests.
func readRecording(path string) ([]recorded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var list []recorded
	for dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20)); ; {
		var r recorded
		if err := dec.Decode(&r); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
}
