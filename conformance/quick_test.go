package conformance_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// requests counts the requests of a run by check.
func requests(t *testing.T, o conformance.Options) (sent map[string]int, all, checks int) {
	t.Helper()
	where, sent := reach(t, tenants(t, target.Options{})), map[string]int{}
	where.Record = func(x *exchange.Exchange) { sent[x.Label]++ }
	section := run(t, where, o)
	for _, n := range sent {
		all += n
	}
	return sent, all, len(section.Checks)
}

// TestQuickIsQuick: a quick run ends within a minute at 25 requests a second.
func TestQuickIsQuick(t *testing.T) {
	const most = 1480
	if sent, all, checks := requests(t, conformance.Options{Quick: true, Parallel: 4}); all > most || all < most/3 || checks < 100 {
		t.Errorf("%d requests of %d checks, want at most %d requests: %v", all, checks, most, sent)
	}
}

// killed reads which checks kill each defect of the golden matrix.
func killed(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/kill_matrix.golden")
	if err != nil {
		t.Fatal(err)
	}
	kills := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 0 && !strings.Contains(line, ":") {
			kills[fields[0]] = fields[1:]
		}
	}
	return kills
}

// TestQuickIsChosen: a quick run finds 95 of 100 defects of the matrix. With -update, it chooses
// the checks again: always the one that kills most of what is left for each request.
func TestQuickIsChosen(t *testing.T) {
	kills := killed(t)
	if *update {
		choose(t, kills)
	}
	found := 0
	for _, ids := range kills {
		if slices.ContainsFunc(ids, func(id string) bool { return suites.Quick(catalog.ID(id)) }) {
			found++
		}
	}
	if found*100 < len(kills)*95 {
		t.Errorf("a quick run finds %d of %d defects", found, len(kills))
	}
}

// choose writes the ids of a quick run.
func choose(t *testing.T, kills map[string][]string) {
	t.Helper()
	const budget = 1370
	sent, _, _ := requests(t, conformance.Options{})
	var ids []string
	spent := sent["survey"]
	for _, c := range suites.Checks() { // these belong to it anyway
		if catalog.Blocks(c.ID) {
			ids, spent = append(ids, string(c.ID)), spent+sent[string(c.ID)]
		}
	}
	for spent < budget {
		best, worth := "", 0.0
		for _, c := range suites.Checks() {
			id := string(c.ID)
			if w := float64(newly(kills, ids, id)) / float64(max(sent[id], 1)); w > worth {
				best, worth = id, w
			}
		}
		if best == "" {
			break
		}
		ids, spent = append(ids, best), spent+sent[best]
	}
	slices.Sort(ids)
	if err := os.WriteFile(filepath.Join("suites", "quick.txt"), []byte(strings.Join(ids, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// newly counts the defects that a check kills and that none of the others does.
func newly(kills map[string][]string, others []string, id string) int {
	n := 0
	for _, by := range kills {
		if slices.Contains(by, id) && !slices.ContainsFunc(others, func(o string) bool { return slices.Contains(by, o) }) {
			n++
		}
	}
	return n
}

// TestQuickHasWhatBlocks: what a check of a quick run is blocked by is found by one of a quick run,
// or a target that ignores active would have blocked checks only.
func TestQuickHasWhatBlocks(t *testing.T) {
	for _, c := range catalog.Causes() {
		if id := catalog.Base(c.Key); id != "" && !suites.Quick(id) {
			t.Errorf("%s blocks others, and %s is not in a quick run", c.Key, id)
		}
	}
}
