package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/scenarios"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/reports"
)

// TestScenarios plays every built-in scenario: it passes, it leaves the same bytes with
// one request in flight and with sixteen, and it fails with the option that it names.
func TestScenarios(t *testing.T) {
	t.Parallel()
	names, err := fixtures.Scenarios()
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 20 {
		t.Errorf("there are %d scenarios, want at least 20", len(names))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := scenarios.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			if s.FailsWith == "" || len(s.Story) < 200 || len(s.Rules) == 0 {
				t.Errorf("it needs a story, rules and failsWith: %q, %d characters, %v", s.FailsWith, len(s.Story), s.Rules)
			}
			one, many, broken := t.TempDir(), t.TempDir(), t.TempDir()
			play := func(out string, more ...string) result {
				args := []string{"simulate", "--scenario", name, "--seed", "7", "--format", "json", "--out", out}
				return invocation{}.run(t, append(args, more...)...)
			}
			play(one).want(t, reports.ExitOK)
			play(many, "--parallel", "16").want(t, reports.ExitOK)
			files := []string{"provisioning-log.jsonl", "audit-log.jsonl", "job.json"}
			if s.Second != nil {
				for _, file := range slices.Clone(files) {
					files = append(files, filepath.Join("second", file))
				}
			}
			for _, file := range files {
				a, err1 := os.ReadFile(filepath.Join(one, file))
				b, err2 := os.ReadFile(filepath.Join(many, file))
				if err1 != nil || err2 != nil || string(a) != string(b) {
					t.Errorf("%s differs between two runs, with 1 and 16 requests in flight (%v, %v)", file, err1, err2)
				}
			}
			r := play(broken, "--set", s.FailsWith)
			r.want(t, reports.ExitFailed)
			rep, err := reports.Read(filepath.Join(broken, runs.ReportName))
			if err != nil {
				t.Fatal(err)
			}
			failed := 0
			for _, e := range rep.Simulation.Expectations {
				if e.Outcome == reports.Failed {
					failed++
					if e.Actual == "" || e.Expected == "" || e.Title == "" {
						t.Errorf("an unmet expectation does not say what happened: %+v", e)
					}
				}
			}
			if failed == 0 || rep.Simulation.Stopped != "" {
				t.Errorf("with --set %s %d expectations are not met, stopped %q", s.FailsWith, failed, rep.Simulation.Stopped)
			}
		})
	}
}

func TestScenarioUsage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeTest(t, filepath.Join(dir, "mine.yaml"), "title: Mine\nfor: 1h\ntenant: {users: [{user: ada}]}\nexpect:\n  - that: [job.status.code == Paused]\n")
	r := invocation{}.run(t, "simulate", "--scenario", file, "--seed", "7", "--out", filepath.Join(dir, "out"))
	r.want(t, reports.ExitFailed)
	if !strings.Contains(strings.Join(strings.Fields(r.stdout), " "), "expected job.status.code == Paused, actual Active") {
		t.Errorf("the failed expectation does not say what happened instead:\n%s", r.stdout)
	}
	invocation{}.run(t, "simulate", "--scenario", "nosuch").want(t, reports.ExitUsage, `unknown scenario "nosuch"`, "--list-scenarios")
	invocation{}.run(t, "simulate", "--scenario", file, "--generate", "users=3").want(t, reports.ExitUsage, "--generate is set by the scenario itself")
	bad := writeTest(t, filepath.Join(dir, "bad.yaml"), "title: Bad\nfor: 1h\ntenent: {}\n")
	invocation{}.run(t, "simulate", "--scenario", bad).want(t, reports.ExitUsage, "bad.yaml:3", "tenent")
	invocation{env: withToken()}.run(t, "simulate", "--scenario", "token-expires-at-night", "--target", "http://127.0.0.1:1", "--out",
		filepath.Join(dir, "gone")).want(t,
		reports.ExitBroken, "left out, because the target is not embedded", "token expires")

	t.Run("without target events it runs on a target of somebody else", func(t *testing.T) {
		url, tgt := serveTarget(t, nil)
		calm := writeTest(t, filepath.Join(dir, "calm.yaml"),
			"title: Calm\nprofile: goto\nfor: 1h\ntenant: {users: [{user: ada}]}\nexpect:\n  - that: [log(action=create) == 1]\n")
		invocation{env: withToken()}.run(t, "simulate", "--scenario", calm, "--target", url, "--seed", "7", "--out",
			filepath.Join(dir, "out2")).want(t, reports.ExitOK)
		if users, _, _ := tgt.Counts(); users != 1 {
			t.Errorf("the target holds %d users, want 1", users)
		}
	})
}
