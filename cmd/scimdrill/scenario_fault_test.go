package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// TestScenarioFaults plays every kind of fault at once, with one, eight and sixteen requests
// in flight: the logs are equal byte for byte (decisions: determinism).
func TestScenarioFaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeTest(t, filepath.Join(dir, "all.yaml"), `title: All at once
profile: goto
tenant:
  users:
    - {user: 'staff-{001..080}', manager: boss}
    - {user: boss}
  groups:
    - {group: everybody, name: Everybody, members: ['staff-{001..080}']}
    - {group: few, name: Few, members: ['staff-{001..009}']}
for: 20h
timeline:
  - at: 0s
    faults:
      - 429=0.05:30s for 15h
      - 500=0.05 on POST,PATCH for 15h
      - reset-before=0.03 on POST,PATCH,DELETE for 15h
      - lost=0.05 on POST,PATCH for 15h
      - reset-after=0.03 on POST,PATCH for 15h
      - truncated=0.03 on POST for 15h
      - corrupted=0.05 on POST for 15h
      - stale=0.3:1h for 15h
      - latency=0.1:5s for 15h
      - latency=0.05:70s on POST for 15h
      - jitter=1:2s for 15h
      - object-limit=10/30m /Groups for 15h
      - burst=0.4:30m on PATCH for 15h
  - at: 3h
    source:
      - {user: 'staff-{001..020}', surname: King}
      - {user: staff-030, removed: changed}
      - {group: everybody, remove: ['staff-{040..050}']}
expect:
  - that:
      - faults(kind=429) > 0
      - faults(kind=500) > 0
      - faults(kind=burst) > 0
      - faults(kind=object-limit) > 0
      - faults(kind=reset-before) > 0
      - faults(kind=lost) > 0
      - faults(kind=reset-after) > 0
      - faults(kind=truncated) > 0
      - faults(kind=corrupted) > 0
      - faults(kind=stale) > 0
      - faults(kind=latency) > 0
      - faults(kind=jitter) > 0
ends: [escrows, quarantine]
`)
	logs := []string{"provisioning-log.jsonl", "audit-log.jsonl", "job.json"}
	first := map[string]string{}
	for _, parallel := range []string{"1", "1", "8", "16"} {
		out := t.TempDir()
		invocation{}.run(t, "simulate", "--scenario", file, "--seed", "11", "--parallel", parallel, "--format", "json", "--out", out).want(t, reports.ExitOK)
		for _, name := range logs {
			raw, err := os.ReadFile(filepath.Join(out, name))
			if err != nil {
				t.Fatal(err)
			}
			if first[name] == "" {
				first[name] = string(raw)
			}
			if first[name] != string(raw) {
				t.Errorf("%s differs with %s requests in flight", name, parallel)
			}
		}
	}
	if n := strings.Count(first["provisioning-log.jsonl"], "\n"); n < 150 {
		t.Errorf("the log has %d lines; too little happened", n)
	}
}

// TestScenarioFaultMistakes: file and line, and what to write instead.
func TestScenarioFaultMistakes(t *testing.T) {
	t.Parallel()
	const good = "title: Mine\nfor: 1h\ntenant: {users: [{user: ada}]}\ntimeline:\n  - at: 0s\n    faults:\n      - 500=0\n      - 500=0.1\nexpect:\n  - that: " +
		"[job.status.code == Active]\n"
	for _, tc := range []struct{ name, old, new, want string }{
		{"kind", "500=0.1", "fire=1", `bad.yaml:8: timeline[0].faults[1]: fault "fire=1": unknown kind "fire"`},
		{"rate", "500=0.1", "lost=7", `bad.yaml:8: timeline[0].faults[1]: fault "lost=7": "7" is not a rate`},
		{"time", "500=0.1", "latency=1", "bad.yaml:8: timeline[0].faults[1]: fault \"latency=1\": the rate must be followed by a colon and a duration"},
		{"limit of all", "500=0.1", "rate-limit=5/s", "object-limit=30/10m limits each object"},
		{"age in writes", "500=0.1", "stale=1:5", "give the age as a duration"},
		{
			"argument of a count", "job.status.code == Active", "faults(status=500) == 1",
			`bad.yaml:10: expect[0].that[0]: faults(status=500) == 1: unknown argument of faults "status"`,
		},
		{"field", "faults:", "fault:", "bad.yaml:6"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(good, tc.old, tc.new, 1)
			if text == good {
				t.Fatal("the test replaces nothing")
			}
			dir := t.TempDir()
			file := writeTest(t, filepath.Join(dir, "bad.yaml"), text)
			r := invocation{}.run(t, "simulate", "--scenario", file, "--seed", "7", "--out", filepath.Join(dir, "out"))
			r.want(t, reports.ExitUsage)
			if got := strings.Join(strings.Fields(r.stderr), " "); !strings.Contains(got, tc.want) {
				t.Errorf("stderr %s\nwant %s", got, tc.want)
			}
		})
	}
	t.Run("only an embedded target has faults", func(t *testing.T) {
		t.Parallel()
		url, _ := serveTarget(t, nil)
		invocation{env: withToken()}.run(t, "simulate", "--scenario", "errors-at-night", "--target", url, "--out", filepath.Join(t.TempDir(), "out")).want(t,
			reports.ExitOK, "left out, because the target is not embedded", "the fault burst=1:10m")
	})
}

// TestScenarioOneGrammar: target and faults take both spellings of mishaps, and both of durations.
func TestScenarioOneGrammar(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := writeTest(t, filepath.Join(dir, "both.yaml"), `title: Both
for: PT5H
tenant: {users: [{user: ada}]}
timeline:
  - at: 0s
    target: [500=1 on POST for 20m, slow PT1S for 20m]
  - at: PT1H
    faults: [slow PT2S for 1h, defect CRE-02 for PT1H]
expect:
  - that:
      - faults(kind=500, until=20m) > 0
      - faults(kind=slow, since=PT1H, until=2h) > 0
      - cycles(kind=initial).began == [PT0S]
`)
	r := invocation{}.run(t, "simulate", "--scenario", file, "--seed", "7", "--out", filepath.Join(dir, "out"))
	r.want(t, reports.ExitOK)
}
