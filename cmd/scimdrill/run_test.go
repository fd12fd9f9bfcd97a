package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/demo"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/journal"
)

const testToken = "s3cr3t-token"

// serveTarget serves a fresh reference target; every request is shown to watch first.
func serveTarget(t *testing.T, watch func(*http.Request)) (url string, tgt *target.Target) {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if watch != nil {
			watch(r)
		}
		tgt.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, tgt
}

func withToken() map[string]string { return map[string]string{"SCIMDRILL_TOKEN": testToken} }

// TestInterrupted stops a run in its middle: 130, and the reports of what ran are there.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var posts atomic.Int64
	url, tgt := serveTarget(t, func(r *http.Request) {
		if r.Method == http.MethodPost && posts.Add(1) == 10 {
			stop()
		}
	})
	out := filepath.Join(t.TempDir(), "out")
	r := invocation{env: withToken(), ctx: ctx}.run(t, "simulate", "--target", url, "--profile", "goto",
		"--generate", "users=40,groups=4", "--seed", "7", "--out", out)
	r.want(t, reports.ExitInterrupted, "scimdrill: interrupted")
	rep, err := reports.Read(filepath.Join(out, runs.ReportName))
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Run.Interrupted {
		t.Error("report.json does not say that the run was interrupted")
	}
	if run, err := runs.Read(out); err != nil || run.ExitCode == nil || *run.ExitCode != reports.ExitInterrupted {
		t.Errorf("run.json: %+v, %v", run, err)
	}
	invocation{env: withToken()}.run(t, "cleanup", "--run", out).want(t, 0)
	if users, groups, _ := tgt.Counts(); users+groups != 0 {
		t.Errorf("%d users and %d groups are left", users, groups)
	}
}

// TestUnwritable proves exit code 4: no folder, and a disk that is full.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	url, _ := serveTarget(t, nil)
	dir := t.TempDir()
	file := writeTest(t, filepath.Join(dir, "file"), "")
	args := []string{"simulate", "--target", url, "--generate", "users=5", "--seed", "7", "--cycles", "1"}
	invocation{env: withToken()}.run(t, append(args, "--out", filepath.Join(file, "out"))...).want(t, reports.ExitReport, "create the output folder", "hint: ")
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full to stand for a full disk")
	}
	for _, name := range []string{"report.json.part", "exchanges.har"} {
		out := filepath.Join(dir, "full-"+name)
		if err := os.Mkdir(out, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/dev/full", filepath.Join(out, name)); err != nil {
			t.Fatal(err)
		}
		r := invocation{env: withToken()}.run(t, append(args, "--out", out)...)
		r.want(t, reports.ExitReport, "no space left")
		if _, err := os.Stat(filepath.Join(out, runs.ReportName)); err == nil && name == "report.json.part" {
			t.Error("there is a report though it could not be written")
		}
	}
}

// TestTargetStops starts the target command, uses it, and stops it: 0.
func TestTargetStops(t *testing.T) {
	t.Parallel()
	target, printed := startTarget(t, nil, 2)
	url := target.url
	token, ok := strings.CutPrefix(printed[1], "SCIMDRILL_TOKEN=")
	if !ok || len(token) < 20 {
		t.Errorf("no token was printed: %q", token)
	}
	env := map[string]string{"SCIMDRILL_TOKEN": token}
	invocation{env: env}.run(t, "connect", "--target", url).want(t, 0, "Test Connection would succeed")
	invocation{}.run(t, "target", "--listen", strings.TrimPrefix(url, "http://")).want(t, reports.ExitBroken, "listen: ", "hint: ")
	invocation{}.run(t, "target", "--listen", "nonsense").want(t, reports.ExitUsage, "listen: ")
	target.stop().want(t, 0)
}

// TestNoLookUp proves that a refused write does nothing on the network.
func TestNoLookUp(t *testing.T) {
	t.Parallel()
	r := invocation{prepare: func(p *console.Process) {
		p.Dial = refuseDial(t)
	}}
	out := filepath.Join(t.TempDir(), "out")
	r.run(t, "simulate", "--target", "https://scim.example.com/v2", "--generate", "users=5", "--out", out).
		want(t, reports.ExitUsage, "--allow-host scim.example.com")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run leaves files")
	}
}

// TestDemo plays the whole demo and looks at what it promises.
func TestDemo(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	invocation{}.run(t, "demo", "--out", out, "--seed", "7").want(t, 0)
	rep, err := reports.Read(filepath.Join(out, runs.ReportName))
	if err != nil {
		t.Fatal(err)
	}
	if job := rep.Simulation.Jobs[0]; len(job.Quarantines) != 1 || job.Quarantined {
		t.Errorf("quarantines: %+v", job.Quarantines)
	}
	told := map[string]string{}
	for _, e := range rep.Simulation.Expectations {
		told[e.Title] = e.Actual
	}
	const seats = "GoTo Connect 29 of 60, GoTo Meeting 87 of 100, GoTo Webinar 20 of 20 (9 waiting), GoTo Resolve 15 of 15 (41 waiting)"
	for title, actual := range map[string]string{
		"User Sync turns directory groups into seats (GoTo persona, an assumption)": seats,
		"A user of an unverified domain is rejected, retried, and created once the domain is verified": "rejected before verification, then never; domain " +
			"verified: true; seats GoTo Connect, GoTo Meeting",
		"No user has two accounts":                     "127 accounts",
		"What Okta provisioned is as in the directory": "0 differences",
	} {
		if told[title] != actual {
			t.Errorf("%s: %q", title, told[title])
		}
	}
	if len(told) != 9 || !slices.ContainsFunc(rep.Simulation.Events, func(e reports.Event) bool {
		return strings.HasPrefix(e.Title, "seats after the first cycle: GoTo Connect 28 of 60,")
	}) {
		t.Errorf("%d expectations, events %+v", len(told), rep.Simulation.Events)
	}
	for _, c := range rep.Conformance.Checks {
		if !strings.Contains(c.Repeat, "--target "+demo.ServedAddress+" ") {
			t.Fatalf("the port of a target that is gone: %s", c.Repeat)
		}
	}
	for _, name := range []string{"provisioning-log.jsonl", "job.json", "audit-log.jsonl", "run.json", "junit.xml", "report.html", "exchanges.har"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(out, runs.JournalName)); err == nil {
		t.Error("a journal of a target that is gone would mislead cleanup")
	}
}

// TestCleanupSparesOthers removes what the journal names and nothing else, also when the
// target has given the id to somebody else.
func TestCleanupSparesOthers(t *testing.T) {
	t.Parallel()
	url, tgt := serveTarget(t, nil)
	other := foreign(t, url, "somebody.else@example.test")
	foreign(t, url, "conf-r1-user1@example.test")
	out := t.TempDir()
	j, err := journal.Open(filepath.Join(out, runs.JournalName))
	if err != nil {
		t.Fatal(err)
	}
	entry := func(value, id string) {
		seq, err := j.Intent(journal.Object{Collection: "Users", Attribute: "userName", Value: value})
		if err != nil {
			t.Fatal(err)
		}
		if id != "" {
			if err := j.Made(seq, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	entry("conf-r1-user1@example.test", "")    // intended only
	entry("conf-r1-user2@example.test", other) // its id belongs to somebody else now
	entry("conf-r1-user3@example.test", "gone")
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	r := invocation{env: withToken()}.run(t, "cleanup", "--run", out, "--target", url)
	r.want(t, reports.ExitFailed, "this id now belongs to a different object", "removed 1 objects, 1 were already gone, 1 remain")
	if users, _, _ := tgt.Counts(); users != 1 {
		t.Errorf("%d users, want the one of somebody else", users)
	}
}

// TestRunOnATerminal runs a whole command on a terminal and without one.
func TestRunOnATerminal(t *testing.T) {
	t.Parallel()
	for _, terminal := range []bool{true, false} {
		url, _ := serveTarget(t, nil)
		r := invocation{env: withToken(), prepare: func(p *console.Process) {
			p.ErrTerminal, p.OutTerminal = terminal, terminal
		}}.run(t, "simulate", "--target", url, "--generate", "users=20,groups=2", "--seed", "7", "--out", t.TempDir())
		r.want(t, 0)
		for _, want := range []string{
			`(?m)(^|\x1b\[J)cycle 1 users: 20 of 20, 40 requests, `, `(?m)(^|\x1b\[J)cycle 1 memberships: 2 of 2 groups, `, `(?m)(^|\x1b\[J)cycles: 3 of 3, `,
		} {
			if !regexp.MustCompile(want).MatchString(r.stderr) {
				t.Errorf("terminal %v: no line %s in\n%s", terminal, want, r.stderr)
			}
		}
		if !terminal && strings.ContainsAny(r.stdout+r.stderr, "\r\x1b") {
			t.Errorf("control codes without a terminal: %q", r.stderr)
		}
	}
}
