package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/scimdrill/scimdrill"

// leaves is the number of rows of leaves, which know nothing but leaves.
const leaves = 2

// importRows is the order of the packages: each imports only from rows above its own. A
// path that ends in /... stands for one component, whose packages may import each other.
func importRows() [][]string {
	return [][]string{
		{
			"simulator/duration", "reports/alias", "reports/filelock", "reports/nearest", "reports/outside/...", "reports/schemacheck", "reports/severity",
			"reports/wholefile", "reports/yamlshape",
		}, // leaves
		{"simulator/choice", "fixtures/fault", "fixtures/people", "fixtures/stranger", "reports/layout"},
		{
			"docs", "reports", "reports/exchange", "reports/journal", "simulator/clock", "simulator/scim", "simulator/expression/...",
			"simulator/provlog", "simulator/issuer", "simulator/internal/queryplan", "simulator/internal/sqlitefile", "simulator/internal/saved", "conformance/catalog",
			"conformance/fact", "fixtures/target/...",
		},
		{
			"simulator/directory", "simulator/syncschema", "simulator/state", "simulator/quarantine", "simulator/scimclient", "simulator/recording",
			"simulator/reach", "simulator/pseudonym", "simulator/inflight", "simulator/provlog/read", "simulator/directory/intake",
			"simulator/replay/measure", "simulator/replay/limit", "simulator/replay/ledger",
			"conformance/session", "conformance/cause", "conformance/reach", "conformance/resource",
		},
		{
			"simulator/scoping", "simulator/mapping", "simulator/endstate", "simulator/outbox",
			"simulator/recording/har", "simulator/recording/diff", "simulator/directory/census", "conformance/match", "conformance/survey",
			"conformance/filtermodel",
		},
		{"simulator/dialect", "simulator/recording/intake", "simulator/explain", "simulator/push"},
		{"simulator/okta", "simulator/onelogin"},
		{"simulator/replay"},
		{"simulator/replay/outcome", "simulator/replay/k6"},
		{"simulator/cycle"},
		{"simulator/job", "simulator/plan", "fixtures", "fixtures/generate"},
		{"simulator/options"},
		{"simulator/internal/mappings"},
		{"conformance/invariant", "conformance/model"},
		{"simulator/engine", "simulator/scenario", "conformance/suites", "fixtures/gallery"},
		{"simulator", "simulator/forecast"},
		{"conformance/expect", "conformance/profiles"},
		{"conformance"},
		{"cmd/scimdrill/internal/exit", "cmd/scimdrill/internal/licenses", "cmd/scimdrill/internal/shell"},
		{"cmd/scimdrill/internal/bound"},
		{"cmd/scimdrill/internal/console"},
		{
			"cmd/scimdrill/internal/endpoint", "cmd/scimdrill/internal/serve", "cmd/scimdrill/internal/runs", "cmd/scimdrill/internal/apps",
			"cmd/scimdrill/internal/times", "cmd/scimdrill/internal/crowd", "cmd/scimdrill/internal/portrait", "cmd/scimdrill/internal/preview",
			"cmd/scimdrill/internal/expressions", "cmd/scimdrill/internal/explained", "cmd/scimdrill/internal/sources",
			"cmd/scimdrill/internal/jobpage", "cmd/scimdrill/internal/setup",
		},
		{
			"cmd/scimdrill/internal/targets", "cmd/scimdrill/internal/grading", "cmd/scimdrill/internal/play", "cmd/scimdrill/internal/recorder",
			"cmd/scimdrill/internal/postbox",
		},
		{
			"cmd/scimdrill/internal/scenarios", "cmd/scimdrill/internal/demo", "cmd/scimdrill/internal/player", "cmd/scimdrill/internal/faultproxy",
		},
		{"cmd/scimdrill", "cmd/rules", "cmd/site"},
	}
}

// strangers are the rooms of Entra's engine and those of other clients, which never import each other, and
// those of the other clients among themselves.
func strangers() [][2][]string {
	entra := []string{
		"simulator/cycle", "simulator/quarantine", "simulator/job", "simulator/engine", "simulator/dialect", "simulator/options", "simulator/forecast",
		"simulator/syncschema", "simulator/mapping", "simulator/scoping", "simulator/state",
	}
	return [][2][]string{
		{entra, {"simulator/push", "simulator/okta", "simulator/onelogin"}},
		{{"simulator/okta"}, {"simulator/onelogin"}},
	}
}

// component finds the row and the entry of the table that a package belongs to.
func component(path string) (row int, entry string) {
	for i, entries := range importRows() {
		for _, e := range entries {
			root, whole := strings.CutSuffix(e, "/...")
			if path == root || whole && strings.HasPrefix(path, root+"/") {
				return i, e
			}
		}
	}
	return -1, ""
}

// forbidden says why a package must not import another one, or is empty.
func forbidden(from, to string) string {
	below := func(path, root string) bool { return path == root || strings.HasPrefix(path, root+"/") }
	if strings.HasPrefix(to, "github.com/onsi/") {
		if !below(from, module+"/conformance") {
			return "only packages under conformance import Ginkgo and Gomega"
		}
		return ""
	}
	if !below(to, module) {
		return ""
	}
	from, to = strings.TrimPrefix(from, module+"/"), strings.TrimPrefix(to, module+"/")
	pairs := [][2]string{
		{"simulator", "conformance"},
		{"simulator", "fixtures/target"},
		{"conformance", "simulator"},
		{"conformance", "fixtures/target"},
		{"reports", ""},
	}
	for _, switches := range []string{"fixtures/target/internal/defects", "fixtures/target/internal/variants"} {
		if to == switches && from != "fixtures/target" {
			return "the correct code of the target knows no defect and no variant"
		}
	}
	for _, p := range strangers() {
		if slices.Contains(p[0], from) && slices.Contains(p[1], to) || slices.Contains(p[1], from) && slices.Contains(p[0], to) {
			return "Entra's rooms and those of other clients do not know each other"
		}
	}
	fromRow, fromEntry := component(from)
	toRow, toEntry := component(to)
	for _, p := range pairs {
		if p[1] == "" && toRow < leaves && below(to, p[0]) {
			continue // a leaf of its own, or one that imports a leaf
		}
		if below(from, p[0]) && (p[1] == "" || below(to, p[1])) {
			return p[0] + " imports nothing of " + p[1]
		}
	}
	switch {
	case toRow < 0:
		return "it is in no row of the table"
	case fromEntry == toEntry:
		return ""
	case toRow >= fromRow:
		return "it is not in a row above"
	}
	return ""
}

func TestImports(t *testing.T) {
	t.Parallel()
	list := exec.CommandContext(t.Context(), "go", "list", "-e", "-json=ImportPath,Imports,GoFiles", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
			GoFiles    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) == 0 {
			continue // tests only
		}
		seen++
		if row, _ := component(strings.TrimPrefix(p.ImportPath, module+"/")); row < 0 {
			t.Errorf("%s is in no row of the table of imports", p.ImportPath)
		}
		for _, to := range p.Imports {
			if why := forbidden(p.ImportPath, to); why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, to, why)
			}
		}
	}
	if seen < 10 {
		t.Fatalf("go list found %d packages, so this proves nothing", seen)
	}
}

// TestNoK6 holds k6 (AGPL-3.0) out of everything that the main module builds or tests; cmd/k6-scimdrill is another module.
func TestNoK6(t *testing.T) {
	t.Parallel()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-test", "./...")
	list.Dir = "../.."
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	deps := string(out)
	if !strings.Contains(deps, "github.com/alecthomas/kong") {
		t.Fatal("the list has no dependency of the command, so this proves nothing")
	}
	if strings.Contains(deps, "go.k6.io/") || strings.Contains(deps, "k6-scimdrill") {
		t.Error("a package of k6 is among the dependencies")
	}
}

// TestForbidden proves that the table holds: each of these imports must be refused.
func TestForbidden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to string
		refused  bool
	}{
		{"simulator/cycle", "conformance/catalog", true},
		{"simulator", "fixtures/target/filter", true},
		{"conformance/suites", "fixtures/target", true},
		{"conformance", "simulator/scim", true},
		{"reports", "reports/exchange", true},
		{"reports", "reports/layout", false},
		{"simulator/scoping", "simulator/mapping", true},
		{"simulator/directory", "simulator/cycle", true},
		{"simulator/cycle", "simulator/state", false},
		{"fixtures/target", "fixtures/target/filter", false},
		{"fixtures/target/internal/server", "fixtures/target/internal/defects", true},
		{"fixtures/target/internal/patch", "fixtures/target/internal/variants", true},
		{"fixtures/target", "fixtures/target/internal/defects", false},
		{"cmd/scimdrill", "simulator", false},
		{"reports", "reports/nearest", false},
		{"reports", "reports/alias", false},
		{"reports", "reports/outside", false},
		{"reports/layout", "reports/outside", false},
		{"reports/outside", "reports/layout", true},
		{"reports", "simulator/duration", true},
		{"conformance/session", "simulator/duration", true},
		{"fixtures/target", "simulator/duration", false},
		{"simulator/duration", "reports/nearest", true},
		{"simulator/okta", "simulator/cycle", true},
		{"simulator/okta", "simulator/dialect", true},
		{"simulator/push", "simulator/quarantine", true},
		{"simulator/engine", "simulator/okta", true},
		{"simulator/job", "simulator/push", true},
		{"simulator/okta", "simulator/push", false},
	} {
		why := forbidden(module+"/"+c.from, module+"/"+c.to)
		if (why != "") != c.refused {
			t.Errorf("import of %s by %s: %q", c.to, c.from, why)
		}
	}
	if forbidden(module+"/simulator", "github.com/onsi/gomega") == "" || forbidden(module+"/conformance/match", "github.com/onsi/gomega") != "" {
		t.Error("Gomega belongs into conformance only")
	}
	var all []string
	for _, row := range importRows() {
		all = append(all, row...)
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("a package is in the table twice")
	}
}
