package conformance_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

const killPage = "../docs/why/kill-matrix.md"

// TestKillPage holds docs/why/kill-matrix.md to the golden matrix; make defects writes it.
func TestKillPage(t *testing.T) {
	text, err := os.ReadFile("testdata/kill_matrix.golden")
	if err != nil {
		t.Fatal(err)
	}
	want := killText(string(text))
	if *update {
		if err := os.WriteFile(killPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(killPage); err != nil || string(got) != want {
		t.Errorf("kill-matrix.md is out of date; make defects writes it (%v)", err)
	}
}

// killText is the page of a matrix: the killers of each defect, and how many defects each check finds.
func killText(golden string) string {
	kills, defects, rows := map[string]int{}, 0, &strings.Builder{}
	for line := range strings.Lines(golden) {
		cells := strings.Fields(line)
		d, known := defect(cells)
		if !known {
			continue
		}
		defects++
		for _, id := range cells[1:] {
			kills[id]++
		}
		fmt.Fprintf(rows, "| [%s](defects.md#%s) | %s | %s | %s |\n", d.ID, strings.ToLower(d.ID), d.Severity, d.Title, short(cells[1:], d.Killers))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `# The kill matrix

A run of every check against the reference target with one defect at a time shows which checks find which defect.
`+"`make mutate`"+` runs it and compares it with the [golden matrix](../../conformance/testdata/kill_matrix.golden), which lists
every check. This page is its short form, and `+"`make defects`"+` writes it. A test fails if it is out of date.

%d defects were run. %d checks found at least one of them. The checks of the last table found none here, for the reason that it gives.

## Defect by defect

The checks in the list were written for the defect; the number counts the others that find it, too.

| defect | severity | what is wrong | found by |
|---|---|---|---|
%s
## Check by check

| check | level | defects | asks that a target |
|---|---|---|---|
`, defects, len(kills), rows.String())
	list := slices.SortedFunc(maps.Keys(kills), func(x, y string) int { return cmp.Or(cmp.Compare(kills[y], kills[x]), cmp.Compare(x, y)) })
	for _, id := range list {
		if c, ok := suites.Lookup(catalog.ID(id)); ok {
			fmt.Fprintf(&b, "| %s | %s | %d | %s |\n", id, c.Level, kills[id], c.Title)
		}
	}
	b.WriteString("\n## Checks that no defect of the target can show\n\n| check | why |\n|---|---|\n")
	for _, c := range suites.Checks() {
		if id := string(c.ID); kills[id] == 0 {
			fmt.Fprintf(&b, "| %s | %s |\n", id, cmp.Or(unkilled()[id], "its defect is newer than the last run of the whole matrix"))
		}
	}
	return b.String()
}

// defect returns the defect of a row of the matrix.
func defect(cells []string) (target.Defect, bool) {
	list := target.Catalog()
	i := slices.IndexFunc(list, func(d target.Defect) bool { return len(cells) > 0 && d.ID == cells[0] })
	if i < 0 {
		return target.Defect{}, false
	}
	return list[i], true
}

// short names the declared killers that found a defect, and counts the others.
func short(found, declared []string) string {
	own := slices.DeleteFunc(slices.Clone(declared), func(id string) bool { return !slices.Contains(found, id) })
	if others := len(found) - len(own); others > 0 {
		return strings.TrimSpace(fmt.Sprintf("%s +%d", strings.Join(own, ", "), others))
	}
	return strings.Join(own, ", ")
}
