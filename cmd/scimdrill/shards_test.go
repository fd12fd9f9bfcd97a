package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// shardWatch notes what the shards of a replay do to a target.
type shardWatch struct {
	target http.Handler

	mu       sync.Mutex
	owner    map[string]string // the shard that wrote to an object, by its path
	made     map[string]bool   // ids
	mistakes []string
}

// ServeHTTP notes a request and hands it on.
func (w *shardWatch) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	shard := r.Header.Get("X-Shard")
	w.mu.Lock()
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		w.claim(r.URL.Path, shard)
	}
	for _, m := range regexp.MustCompile(`"value": ?"([0-9a-f-]{36})"`).FindAllSubmatch(body, -1) {
		if !w.made[string(m[1])] {
			w.mistakes = append(w.mistakes, "shard "+shard+" refers to "+string(m[1])+", which no response has named")
		}
	}
	w.mu.Unlock()
	if r.Method != http.MethodPost {
		w.target.ServeHTTP(out, r)
		return
	}
	kept := httptest.NewRecorder()
	w.target.ServeHTTP(kept, r)
	var o struct{ ID string }
	_ = json.Unmarshal(kept.Body.Bytes(), &o)
	w.mu.Lock()
	w.made[o.ID] = true
	w.claim(r.URL.Path+"/"+o.ID, shard)
	w.mu.Unlock()
	maps.Copy(out.Header(), kept.Header())
	out.WriteHeader(kept.Code)
	_, _ = out.Write(kept.Body.Bytes())
}

func (w *shardWatch) claim(path, shard string) {
	if first, known := w.owner[path]; known && first != shard {
		w.mistakes = append(w.mistakes, fmt.Sprintf("shards %s and %s both write to %s", first, shard, path))
	}
	w.owner[path] = shard
}

// shardsPlayed plays a stream in n processes and gives the figures of all.
func shardsPlayed(t *testing.T, dir string, n int) (*reports.Replay, *shardWatch) {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := &shardWatch{target: tgt, owner: map[string]string{}, made: map[string]bool{}}
	server := httptest.NewServer(w)
	t.Cleanup(server.Close)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	merge := []string{"report", "merge", "--format", "json", "--out", filepath.Join(dir, "all")}
	var processes sync.WaitGroup
	for i := range n {
		out := filepath.Join(dir, strconv.Itoa(i))
		merge = append(merge, out)
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Args = []string{
			"scimdrill", "replay", "--target", server.URL, "--generate", "users=60,groups=8", "--profile", "max", "--seed", "1", "--verify", "off", "--header",
			fmt.Sprintf("X-Shard=%d", i+1), "--shard", fmt.Sprintf("%d/%d", i+1, n), "--out", out,
		}
		cmd.Env = append(os.Environ(), "SCIMDRILL_TOKEN="+testToken)
		processes.Go(func() {
			if text, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("shard %d: %v\n%s", i+1, err, text)
			}
		})
	}
	processes.Wait()
	invocation{}.run(t, merge...).want(t, 0)
	rep, err := reports.Read(filepath.Join(dir, "all"))
	if err != nil {
		t.Fatal(err)
	}
	return rep.Replay, w
}

// operations are the counts of each kind of request of the stream, in a line each.
func operations(p *reports.Replay) (list []string) {
	for _, o := range p.Measured.Operations {
		if !strings.HasSuffix(o.Name, "(other shard)") {
			list = append(list, fmt.Sprintf("%s %d %v", o.Name, o.Requests, o.Status))
		}
	}
	return list
}

// TestShards: four shards in four processes do what one process does. No object is written by two of
// them, and nobody becomes a member or a manager before there is such a user.
func TestShards(t *testing.T) {
	t.Parallel()
	one, _ := shardsPlayed(t, t.TempDir(), 1)
	four, watch := shardsPlayed(t, t.TempDir(), 4)
	if d := cmp.Diff(operations(one), operations(four)); d != "" {
		t.Errorf("one process and four (-one +four):\n%s", d)
	}
	m := &four.Measured
	if one.Measured.Requests != m.Requests || m.Sent != m.Requests+m.Lookups || m.Lookups == 0 || m.Errors != 0 || m.Unsent != 0 || four.Shard != "" {
		t.Errorf("%+v", m)
	}
	shards := map[string]int{}
	for _, shard := range watch.owner {
		shards[shard]++
	}
	if len(watch.mistakes) > 0 || len(shards) != 4 {
		t.Errorf("%v, objects by shard %v", watch.mistakes, shards)
	}
}
