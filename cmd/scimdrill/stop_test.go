package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// stoppedSimulation sends a signal in the middle of an initial cycle with eight requests in
// flight, looks at what was written, and lets a second run with the same state finish.
func stoppedSimulation(t *testing.T, bin string, sig os.Signal) {
	var mu sync.Mutex
	posts, reached := 0, make(chan struct{})
	made := map[string]int{}
	url, tgt := serveTarget(t, func(r *http.Request) {
		if r.Method != http.MethodPost {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		made[r.URL.Path]++
		if posts++; posts == 60 {
			close(reached)
		}
		time.Sleep(time.Millisecond) // the signal arrives while requests are under way
	})
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	args := []string{
		"simulate", "--target", url, "--token-file", tokenFile(t), "--profile", "goto", "--parallel", "8",
		"--seed", "7", "--state", filepath.Join(dir, "state"), "--out", out, "--transcript", "all", "--cycles", "1",
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, append(args, "--generate", "users=400,groups=10")...)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != reports.ExitInterrupted {
		t.Fatalf("exit code %d\n%s", code, text.String())
	}
	users, groups, _ := tgt.Counts()
	if users >= 384 || groups != 0 {
		t.Fatalf("the run was at its end already: %d users, %d groups", users, groups)
	}
	written(t, out, users)

	if code, text := runBinary(t, bin, nil, args...); code != 0 {
		t.Fatalf("the second run ends with %d\n%s", code, text)
	}
	users, groups, _ = tgt.Counts()
	if users != 384 || groups != 10 || made["/Users"] != 384 || made["/Groups"] != 10 {
		t.Errorf("%d users and %d groups after POSTs %v; want 384 and 10, each made once", users, groups, made)
	}
	if created := creations(t, out); len(created) != 394 {
		t.Errorf("the log tells of %d creations, want 394", len(created))
	}
}

// written checks that all files of a stopped run are there and agree with the target.
func written(t *testing.T, out string, users int) {
	t.Helper()
	if created := creations(t, out); len(created) != users {
		t.Errorf("the log tells of %d creations; the target holds %d users", len(created), users)
	}
	left, err := journal.Read(filepath.Join(out, runs.JournalName))
	if err != nil || len(left) != users {
		t.Errorf("the journal knows %d objects, the target %d; %v", len(left), users, err)
	}
	rep, err := reports.Read(filepath.Join(out, runs.ReportName))
	if err != nil || !rep.Run.Interrupted || rep.Simulation == nil || rep.Simulation.Jobs[0].Cycles[0].Counts.Created != users {
		t.Errorf("report.json: %v, %+v", err, rep)
	}
	var graph job.Synchronization
	var har struct {
		Log struct{ Entries []json.RawMessage }
	}
	for name, v := range map[string]any{"job.json": &graph, runs.HARName: &har} {
		raw, err := os.ReadFile(filepath.Join(out, name))
		if err == nil {
			err = json.Unmarshal(raw, v)
		}
		if err != nil {
			t.Error(name, err)
		}
	}
	if run, err := runs.Read(out); err != nil || run.Connections == nil || run.Connections.Opened > 16 || run.Connections.Reused < 0.9 {
		t.Errorf("run.json: connections %+v, %v", run.Connections, err)
	}
	if n := graph.Status.SynchronizedEntryCountByType[0].Value; n != int64(users) || len(har.Log.Entries) < 2*users {
		t.Errorf("job.json counts %d users and the transcript %d exchanges; the target holds %d users", n, len(har.Log.Entries), users)
	}
	if audit, err := os.ReadFile(filepath.Join(out, "audit-log.jsonl")); err != nil || bytes.Count(audit, []byte("\n")) != 1 {
		t.Errorf("audit log %q, %v", audit, err)
	}
}

// creations are the source ids that the log says were created, which it may say once.
func creations(t *testing.T, out string) map[string]bool {
	t.Helper()
	f, err := os.Open(filepath.Join(out, "provisioning-log.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	created := map[string]bool{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var s provlog.Summary
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		if s.ProvisioningAction == provlog.Create && s.ProvisioningStatusInfo.Status == provlog.Success {
			if created[s.SourceIdentity.ID] {
				t.Errorf("%s was created twice", s.SourceIdentity.ID)
			}
			created[s.SourceIdentity.ID] = true
		}
	}
	return created
}
