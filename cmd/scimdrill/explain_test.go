package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/explain"
	"github.com/scimdrill/scimdrill/simulator/provlog/read"
)

// incident writes a scenario of a seed: people who succeed, fail and are left alone in many ways.
func incident(seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 16))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	var b strings.Builder
	fmt.Fprintf(&b, "title: seed %d\nprofile: customappsso\noptions: {timeScale: \"0\"}\ntenant:\n  users:\n", seed)
	for i := range 6 {
		more := pick("", "", ", accountEnabled: false", ", assigned: false", ", userPrincipalName: null", ", manager: 'p0'", ", manager: 'p5'")
		if i == 0 || i == 5 && strings.Contains(more, "manager") {
			more = ""
		}
		fmt.Fprintf(&b, "    - {user: 'p%d', name: Pat P%d%s}\n", i, i, more)
	}
	fmt.Fprintf(&b, "  groups:\n    - {group: g, members: [p0, p1, p5]%s}\nfor: 4h\ntimeline:\n", pick("", ", securityEnabled: false"))
	status := pick("400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "429", "500", "501", "502", "503", "504")
	fmt.Fprintf(&b, "  - at: %s\n    target: status %s on %s for %s\n",
		pick("0s", "30m"), status, pick("POST", "PATCH", "DELETE", "POST,PATCH"), pick("1h", "3h"))
	if r.IntN(3) == 0 {
		fmt.Fprintf(&b, "  - at: 0s\n    faults: %s on POST,PATCH /%s for 3h\n",
			pick("latency=1:90s", "reset-before=1", "corrupted=1", "truncated=1"), pick("Users", "Groups"))
	}
	if r.IntN(3) == 0 {
		b.WriteString("  - at: 20m\n    byHand: 'DELETE /Users/{p0}'\n")
	}
	for _, at := range []string{"25m", "90m"} {
		fmt.Fprintf(&b, "  - at: %s\n    source: [%s, %s]\n", at,
			pick("{user: p0, surname: New}", "{user: p0, accountEnabled: false}", "{user: p0, ageGroup: Adult}", "{user: p0, removed: changed}"),
			pick("{group: g, remove: [p5]}", "{group: g, displayName: 'N {run}'}", "{user: p5, removed: deleted}", "{unassign: p5}",
				"{group: g, description: x}", "{group: g, removed: deleted}"))
	}
	b.WriteString("expect:\n  - that: [log() >= 0]\nends: [escrows, quarantine]\n")
	return b.String()
}

// played plays a scenario and explains its log.
func played(t *testing.T, dir, name string, code int) []explain.Explanation {
	t.Helper()
	out := filepath.Join(dir, name+"-out")
	r := invocation{}.run(t, "simulate", "--scenario", filepath.Join(dir, name+".yaml"), "--seed", "3", "--format", "json", "--out", out)
	if code >= 0 && r.code != code {
		text, _ := os.ReadFile(filepath.Join(dir, name+".yaml"))
		t.Errorf("%s: exit code %d\n%s%s\n%s", name, r.code, r.stdout, r.stderr, text)
		return nil
	}
	data, err := os.ReadFile(filepath.Join(out, "provisioning-log.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if len(data) == 0 {
		return nil
	}
	log, err := read.Read([]read.File{{Name: name, Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	return explain.Log(log)
}

// signature is what must come again. Several members that are left out count once; how often an
// entry was repeated does not matter.
func signature(x *explain.Explanation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s %s %s", x.Cause.Key, x.Kind(), x.Facts.Action, x.Facts.Status, x.Facts.Code, x.Facts.Skip)
	last := ""
	for _, s := range x.Entry.ProvisioningSteps {
		step := fmt.Sprintf(" %s/%s", s.Name, s.Status)
		if s.Name != "EntryEscrowRetry" && !strings.HasPrefix(s.Name, "EntryImport") && step != last {
			b.WriteString(step)
		}
		last = step
	}
	return b.String()
}

// TestExplainSeeds explains what the engine logs in the worlds of fifty seeds. No cause is
// unknown, and the scenario of each kind of entry leads to the same entry.
func TestExplainSeeds(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	kinds := map[string]*explain.Explanation{}
	for seed := range uint64(50) {
		name := fmt.Sprintf("seed-%d", seed)
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(incident(seed)), 0o600); err != nil {
			t.Fatal(err)
		}
		list := played(t, dir, name, -1)
		for i := range list {
			x := &list[i]
			if x.Cause.Key == explain.Unknown {
				t.Errorf("seed %d: unknown: %s", seed, x.Why)
			}
			kinds[signature(x)] = x
		}
	}
	t.Logf("%d kinds of entries", len(kinds))
	n := 0
	for sig, x := range kinds {
		text, err := explain.Reproduce(x)
		if err != nil {
			t.Errorf("%s: %v", sig, err)
			continue
		}
		n++
		name := fmt.Sprintf("again-%d", n)
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		found, list := false, played(t, dir, name, reports.ExitOK)
		var seen []string
		for i := range list {
			seen = append(seen, signature(&list[i]))
			found = found || signature(&list[i]) == sig
		}
		if !found && list != nil {
			t.Errorf("%s did not come again:\n%s\n%s", sig, strings.Join(seen, "\n"), text)
		}
	}
}
