package main

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// newAction is a run of the action in an empty folder, on a push unless something else is said.
func newAction(t *testing.T, release *servedRelease, inputs map[string]string) *actionRunner {
	t.Helper()
	action, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return &actionRunner{
		inputs: inputs, dir: t.TempDir(), temp: t.TempDir(), env: map[string]string{"SCIMDRILL_RELEASES": release.url, "SCIMDRILL_SEED": "1"},
		github: map[string]string{
			"action_path": action, "event_name": "push", "base_ref": "", "ref_name": "main", "run_id": "7", "token": "gh-token", "event.pull_request.number": "",
		},
	}
}

// serveDefects serves a reference target with defects.
func serveDefects(t *testing.T, defects ...string) string {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Defects: defects, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tgt)
	t.Cleanup(server.Close)
	return server.URL
}

// sarifResults lists the results of report.sarif.
func sarifResults(t *testing.T, path string) (rules []string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ RuleID, Level string }
		}
	}
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	for _, r := range log.Runs[0].Results {
		if r.Level == "error" {
			rules = append(rules, r.RuleID)
		}
	}
	return rules
}

// TestAction runs the steps of the action on a conformant and on a defective target. With -v it
// prints what GitHub would show.
func TestAction(t *testing.T) {
	t.Parallel()
	release := serveRelease(t)
	for _, c := range []struct {
		name     string
		defects  []string
		exitCode int
		outcome  string
		summary  string
	}{
		{name: "conformant", outcome: "conformant", summary: "Conformant"},
		{name: "defective", defects: []string{"MRM-01"}, exitCode: 1, outcome: "not-conformant", summary: "Not conformant"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newAction(t, release, map[string]string{"target": serveDefects(t, c.defects...), "token": testToken})
			r.run(t)
			summary, _ := os.ReadFile(r.summary()) // compared below
			rules := sarifResults(t, r.outputs["sarif"])
			t.Logf("exit code %d\noutputs %v\nSARIF errors %v\nsummary:\n%.400s\nlog:\n%s", r.exitCode, r.outputs, rules, summary, r.log)
			if r.exitCode != c.exitCode || r.outputs["outcome"] != c.outcome {
				t.Errorf("exit code %d, outcome %q", r.exitCode, r.outputs["outcome"])
			}
			if defective := len(c.defects) > 0; strings.Contains(r.log, "::error ") != defective || len(rules) > 0 != defective {
				t.Errorf("annotations and SARIF errors %v do not fit the outcome", rules)
			}
			if !strings.Contains(strings.ToLower(string(summary)), strings.ToLower(c.summary)) {
				t.Errorf("the summary lacks %q", c.summary)
			}
			if want := []string{"Restore the archive", "Upload SARIF", "Upload the reports", "Keep the report of this branch"}; !slices.Equal(r.used, want) {
				t.Errorf("used %q, want %q", r.used, want)
			}
			for _, name := range []string{"report.json", "report.md", "report.sarif", "junit.xml", "report.html"} {
				if _, err := os.Stat(filepath.Join(r.outputs["reports"], name)); err != nil {
					t.Error(err)
				}
			}
			if strings.Contains(r.log+string(summary), testToken) {
				t.Error("the token is shown")
			}
		})
	}
}

// Text in an input is never code, and a mistake in one is an error (S6).
func TestActionInputsAreNoCode(t *testing.T) {
	t.Parallel()
	release := serveRelease(t)
	const code = "x\"; touch pwned; $(touch pwned) `touch pwned` ' ; touch pwned #\n--keep\noutcome=conformant"
	for name := range readAction(t).Inputs {
		switch name {
		case "working-directory", "upload", "artifact", "code-scanning", "comment", "github-token":
			continue // these reach no script
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inputs := map[string]string{"target": "http://127.0.0.1:1", "token": testToken, "wait": "1ms"}
			inputs[name] = code
			r := newAction(t, release, inputs)
			r.run(t)
			if r.exitCode == 0 || r.outputs["outcome"] == "conformant" {
				t.Errorf("exit code %d, outputs %v\n%s", r.exitCode, r.outputs, r.log)
			}
			for _, dir := range []string{r.dir, r.temp, "."} {
				if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
					t.Errorf("the input %s was run as code", name)
				}
			}
		})
	}
}

// Only an archive with the checksum of the release is unpacked, from a cache or not (S11).
func TestActionChecksTheArchive(t *testing.T) {
	t.Parallel()
	inputs := func() map[string]string {
		return map[string]string{"target": "http://127.0.0.1:1", "token": testToken, "wait": "1ms"}
	}
	release := serveRelease(t)
	r := newAction(t, release, inputs())
	cache := filepath.Join(r.temp, "scimdrill-archive")
	if err := os.Mkdir(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	writeTest(t, filepath.Join(cache, releaseArchive), "of somebody else")
	r.run(t)
	if r.outputs["outcome"] != "not-judged" || release.fetched.Load() != 1 {
		t.Errorf("a false archive in the cache: outputs %v, fetched %d times\n%s", r.outputs, release.fetched.Load(), r.log)
	}
	again := newAction(t, release, inputs())
	again.temp, again.exitCode = r.temp, 0
	again.run(t)
	if again.outputs["outcome"] != "not-judged" || release.fetched.Load() != 1 {
		t.Errorf("the right archive in the cache: outputs %v, fetched %d times\n%s", again.outputs, release.fetched.Load(), again.log)
	}
	other := archived(t, "#!/bin/sh\ntouch pwned\n")
	release.archive.Store(&other)
	r = newAction(t, release, inputs())
	r.run(t)
	if r.exitCode == 0 || !strings.Contains(r.log, "the checksum of "+releaseArchive+" is not that of the release") || len(r.outputs) > 0 {
		t.Errorf("a false archive: exit code %d, outputs %v\n%s", r.exitCode, r.outputs, r.log)
	}
	r = newAction(t, release, map[string]string{"version": "v9.9.9"})
	if r.run(t); r.exitCode == 0 || !strings.Contains(r.log, "the release v9.9.9 was not found") {
		t.Errorf("a release that does not exist: exit code %d\n%s", r.exitCode, r.log)
	}
}
