package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// mutant is a wrong version of one place of the engine, which a test that names the rule has to notice.
type mutant struct {
	Rule    string `yaml:"rule"`
	Mistake string `yaml:"mistake"` // in a few words
	File    string `yaml:"file"`    // from the root of the module
	Old     string `yaml:"old"`     // stands in the file exactly once
	New     string `yaml:"new"`
	// Test narrows the tests that are run, as package and name: "simulator/engine TestScoping".
	Test string `yaml:"test"`
}

// readMutants reads the table; the error lists every bad row.
func readMutants(path string) ([]mutant, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the mutants: %w", err)
	}
	var list []mutant
	if err := yaml.UnmarshalWithOptions(text, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("read the mutants %s: %w", path, err)
	}
	var errs []error
	for i, m := range list {
		if found := ids(m.Rule); len(found) != 1 || found[0] != m.Rule || m.Mistake == "" || m.File == "" || m.Old == "" || m.Old == m.New || len(strings.Fields(m.Test)) != 2 {
			errs = append(errs, fmt.Errorf("%s: row %d (%s): required: rule, mistake, file, old, a different new, and test as package and name", path, i+1, m.Rule))
		}
	}
	return list, errors.Join(errs...)
}

// draw picks n rules of a ledger by a seed, so that nobody chooses which ones are proven.
// Each rule has a rank of its own, so that a rule that is added, or left out, moves no other.
func draw(l *ledger, n int, seed uint64) []string {
	rank := func(id string) string {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", seed, id))
		return string(sum[:])
	}
	var all []string
	for _, r := range l.rules {
		if !r.leftOut() {
			all = append(all, r.id)
		}
	}
	slices.SortFunc(all, func(a, b string) int { return strings.Compare(rank(a), rank(b)) })
	drawn := all[:min(n, len(all))]
	slices.Sort(drawn)
	return drawn
}

// hunt runs every mutant against its test and reports whether each was noticed by a sub-test
// that names its rule, and whether every drawn rule has one.
func hunt(ctx context.Context, out io.Writer, list []mutant, drawn []string) (bool, error) {
	dir, err := os.MkdirTemp("", "scimdrill-mutants-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	good := true
	proven := map[string]bool{}
	for _, m := range list {
		if !slices.Contains(drawn, m.Rule) {
			continue
		}
		by, err := m.noticed(ctx, dir)
		if err != nil {
			return false, fmt.Errorf("%s in %s: %w", m.Rule, m.File, err)
		}
		if by == "" {
			good = false
			by = "SURVIVED: no sub-test named after the rule fails"
		} else {
			proven[m.Rule] = true
		}
		_, _ = fmt.Fprintf(out, "%-6s %s (%s)\n       %s\n", m.Rule, m.Mistake, m.File, by)
	}
	var without []string
	for _, id := range drawn {
		if !proven[id] {
			without = append(without, id)
		}
	}
	_, _ = fmt.Fprintf(out, "%d rules drawn, %d proven by a mutant\n", len(drawn), len(drawn)-len(without))
	if len(without) > 0 {
		_, _ = fmt.Fprintln(out, "no mutant: "+strings.Join(without, " "))
	}
	return good && len(without) == 0, nil
}

var subtest = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// noticed builds the tests with the mutant in the place of its file and runs them. It gives
// the first failing sub-test that names the rule, "" for none.
func (m mutant) noticed(ctx context.Context, dir string) (string, error) {
	text, err := os.ReadFile(m.File)
	if err != nil {
		return "", err
	}
	if n := bytes.Count(text, []byte(m.Old)); n != 1 {
		return "", fmt.Errorf("the old text occurs %d times; want once", n)
	}
	overlay, err := overlaid(dir, m.File, bytes.Replace(text, []byte(m.Old), []byte(m.New), 1))
	if err != nil {
		return "", err
	}
	if answer, err := m.test(ctx); err != nil {
		return "", fmt.Errorf("the test fails without the mutant:\n%s", answer)
	}
	answer, err := m.test(ctx, "-count=1", "-overlay", overlay)
	if err == nil {
		return "", nil
	}
	if bytes.Contains(answer, []byte("[build failed]")) {
		return "", fmt.Errorf("the mutant does not compile:\n%s", answer)
	}
	for _, failed := range subtest.FindAllSubmatch(answer, -1) {
		if slices.Contains(ids(string(failed[1])), m.Rule) {
			return string(failed[1]), nil
		}
	}
	return "", nil
}

// overlaid writes the file that makes go test read another text in the place of a source file.
func overlaid(dir, file string, text []byte) (string, error) {
	changed, overlay := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	original, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	return overlay, errors.Join(os.WriteFile(changed, text, 0o600), os.WriteFile(overlay, replace, 0o600))
}

// test runs the tests of the mutant. Without further flags the result may come from the cache.
func (m mutant) test(ctx context.Context, flags ...string) ([]byte, error) {
	where := strings.Fields(m.Test)
	args := slices.Concat([]string{"test", "-vet=off"}, flags, []string{"-run", where[1], "./" + where[0]})
	return exec.CommandContext(ctx, "go", args...).CombinedOutput()
}
