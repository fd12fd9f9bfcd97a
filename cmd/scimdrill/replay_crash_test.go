package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// crashWatch counts what a replay creates, and kills it at the kth request: before the target has it, or after.
type crashWatch struct {
	target http.Handler

	mu      sync.Mutex
	left    int // requests until the kill; 0 or less: none
	before  bool
	kill    func()
	created map[string]int // by collection and name
}

// ServeHTTP hands a request on.
func (w *crashWatch) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.left--
	dies, before, kill := w.left == 0, w.before, w.kill
	w.mu.Unlock()
	if dies && before {
		kill()
		return
	}
	kept := httptest.NewRecorder()
	w.target.ServeHTTP(kept, r)
	if r.Method == http.MethodPost && kept.Code == http.StatusCreated {
		var o struct{ UserName, DisplayName string }
		_ = json.Unmarshal(body, &o)
		w.mu.Lock()
		w.created[r.URL.Path+" "+cmp.Or(o.UserName, o.DisplayName)]++
		w.mu.Unlock()
	}
	if dies {
		kill()
		return
	}
	maps.Copy(out.Header(), kept.Header())
	out.WriteHeader(kept.Code)
	_, _ = out.Write(kept.Body.Bytes())
}

// crashStream has creations, changes, members and removals.
func crashStream() string {
	var b strings.Builder
	line := func(method, path, body string, status int) {
		data, _ := json.Marshal(map[string]any{"at": "PT0S", "method": method, "path": path, "body": body, "status": status})
		b.Write(append(data, '\n'))
	}
	const schema = `"schemas":["urn:ietf:params:scim:schemas:core:2.0:`
	const patch = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	user := func(i int) string { return fmt.Sprintf(`{{users["u%d"].id}}`, i) }
	for i := range 24 {
		line("GET", fmt.Sprintf("/Users?filter=userName+eq+%%22u%d%%22", i), "", 200)
		line("POST", "/Users", fmt.Sprintf(`{%sUser"],"userName":"u%d","externalId":"x%d","active":true}`, schema, i, i), 201)
		line("PATCH", "/Users/"+user(i), patch+`{"op":"replace","path":"title","value":"one"}]}`, 204)
		line("PATCH", "/Users/"+user(i), patch+`{"op":"replace","path":"title","value":"two"}]}`, 204)
	}
	for g := range 4 {
		name := fmt.Sprintf(`{{groups["e%d"].id}}`, g)
		line("POST", "/Groups", fmt.Sprintf(`{%sGroup"],"displayName":"g%d","externalId":"e%d"}`, schema, g, g), 201)
		for i := g; i < 24; i += 4 {
			line("PATCH", "/Groups/"+name, patch+`{"op":"add","path":"members","value":[{"value":"`+user(i)+`"}]}]}`, 204)
		}
		line("PATCH", "/Groups/"+name, patch+`{"op":"remove","path":"members","value":[{"value":"`+user(g)+`"}]}]}`, 204)
	}
	for i := range 4 {
		line("DELETE", "/Users/"+user(i), "", 204)
	}
	return b.String()
}

// killed plays a stream until the watch kills it, and goes on until it ends. A third of the kills come at an instant
// within 60 ms after the start instead, before the first request or in the middle.
func (w *crashWatch) killed(t *testing.T, url, dir string, kills []int, draw *rand.Rand) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	stream := filepath.Join(dir, "stream.jsonl")
	writeTest(t, stream, crashStream())
	for run := 0; run <= len(kills); run++ {
		c := exec.CommandContext(t.Context(), self)
		c.Args = []string{"scimdrill", "replay", "--target", url, "--stream", stream, "--profile", "max", "--seed", "1", "--out", filepath.Join(dir, "out")}
		if _, err := os.Stat(filepath.Join(dir, "out", "replay-ledger.jsonl")); err == nil { // without it, nothing was sent
			c.Args = append(c.Args, "--resume")
		}
		c.Env = append(os.Environ(), "SCIMDRILL_TOKEN="+testToken)
		var said bytes.Buffer
		c.Stdout, c.Stderr = &said, &said
		w.mu.Lock()
		w.left, w.before = 0, draw.IntN(2) == 0
		instant := run < len(kills) && draw.IntN(3) == 0
		if run < len(kills) && !instant {
			w.left = kills[run]
		}
		started := make(chan struct{})
		w.kill = func() { <-started; _ = c.Process.Kill() }
		w.mu.Unlock()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		close(started)
		if instant {
			timer := time.AfterFunc(1+time.Duration(draw.Int64N(int64(60*time.Millisecond))), func() { _ = c.Process.Kill() })
			defer timer.Stop()
		}
		err := c.Wait()
		if c.ProcessState.Exited() {
			if err != nil {
				t.Fatalf("run %d after %v: %v\n%s", run, kills, err, &said)
			}
			w.mu.Lock()
			w.left = 0 // it ended before the kill, which cleanup must not meet
			w.mu.Unlock()
			return
		}
	}
}

// TestReplayKilled kills a replay once or twice at a random request. Each resumed run sends the rest: nothing is
// created twice, the end state is that of the stream, and cleanup leaves nothing. SCIMDRILL_KILLS sets how often.
func TestReplayKilled(t *testing.T) {
	t.Parallel()
	for seed := range crashNumber(t, "SCIMDRILL_KILLS", 3) {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			draw := rand.New(rand.NewPCG(uint64(seed), 9))
			tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			w := &crashWatch{target: tgt, created: map[string]int{}}
			server := httptest.NewServer(w)
			t.Cleanup(server.Close)
			dir := t.TempDir()
			w.killed(t, server.URL, dir, []int{1 + draw.IntN(120), 1 + draw.IntN(60)}[:1+seed%2], draw)
			for name, n := range w.created {
				if n != 1 {
					t.Errorf("%s was created %d times", name, n)
				}
			}
			rep, err := reports.Read(filepath.Join(dir, "out"))
			if err != nil || rep.Replay.Measured.Errors != 0 {
				t.Errorf("the last run: %v, %+v", err, rep.Replay)
			}
			if len(w.created) != 28 {
				t.Errorf("%d names were created", len(w.created))
			}
			invocation{env: map[string]string{"SCIMDRILL_TOKEN": testToken}}.run(t, "cleanup", "--run", filepath.Join(dir, "out")).want(t, 0, " 0 remain")
			left := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, "/Users", nil)
			r.Header.Set("Authorization", "Bearer "+testToken)
			tgt.ServeHTTP(left, r)
			if !strings.Contains(left.Body.String(), `"totalResults":0`) {
				t.Errorf("after cleanup: %s", left.Body)
			}
		})
	}
}
