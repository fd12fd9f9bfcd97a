package worlds_test

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// remote is a target in a process of its own, which keeps its data in a file.
type remote struct {
	t       *testing.T
	address string
	env     []string
	client  *http.Transport

	mu    sync.RWMutex // held to write while the process is being replaced
	child *exec.Cmd
	dead  chan struct{} // closed when the child ended
	lost  int           // requests that are to find nobody after a kill
	lostM sync.Mutex
}

// TestCrashTarget is the process of a target; it does nothing unless TestCrash started it.
func TestCrashTarget(t *testing.T) {
	address := os.Getenv("SCIMDRILL_CRASH_TARGET")
	if address == "" {
		t.Skip("only TestCrash starts this")
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	served, err := target.New(target.Options{Seed: 1, Token: "secret", Now: time.Now, Data: os.Getenv("SCIMDRILL_CRASH_DATA")})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("serving")
	t.Fatal((&http.Server{Handler: served, ReadHeaderTimeout: time.Minute}).Serve(listener))
}

func newRemote(t *testing.T, seed uint64, data string) *remote {
	t.Helper()
	free, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &remote{t: t, address: free.Addr().String(), client: &http.Transport{MaxIdleConnsPerHost: 32}}
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	r.env = append(os.Environ(), "SCIMDRILL_CRASH_TARGET="+r.address, "SCIMDRILL_CRASH_DATA="+data, fmt.Sprint("SCIMDRILL_CRASH_SEED=", seed))
	r.begin()
	t.Cleanup(r.kill)
	return r
}

// begin starts the process and waits until it serves.
func (r *remote) begin() {
	serving := make(chan struct{})
	out := &said{word: "serving", then: func() { close(serving) }}
	child := exec.Command(os.Args[0], "-test.run=^TestCrashTarget$")
	child.Env, child.Stdout, child.Stderr = r.env, out, out
	if err := child.Start(); err != nil {
		r.t.Error(err)
		return
	}
	dead := make(chan struct{})
	go func() {
		_ = child.Wait()
		close(dead)
	}()
	select {
	case <-serving:
	case <-dead:
		r.t.Errorf("the target does not start again: %s", out)
	}
	r.child, r.dead = child, dead
}

// kill kills the process; requests under way are cut off.
func (r *remote) kill() {
	if r.child != nil {
		_ = r.child.Process.Kill()
		<-r.dead
	}
	r.client.CloseIdleConnections()
}

// again kills the process and starts another one with its data, at the same address. The first
// requests after that find nobody.
func (r *remote) again() {
	r.kill()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lostM.Lock()
	r.lost = 2
	r.lostM.Unlock()
	r.begin()
}

// ServeHTTP asks the process. While it is being replaced, a request waits.
func (r *remote) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.lostM.Lock()
	cut := r.lost > 0
	r.lost = max(r.lost-1, 0)
	r.lostM.Unlock()
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.RequestURI = "http", r.address, ""
	if cut {
		panic(http.ErrAbortHandler)
	}
	resp, err := r.client.RoundTrip(out)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), resp.Header)
	w.WriteHeader(resp.StatusCode)
	_, _ = w.Write(body)
}
