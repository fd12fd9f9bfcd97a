package docs_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// example is the one block of a language on a reference page, written to a file.
func example(t *testing.T, page, language, dir, file string) {
	t.Helper()
	found := blocks(read(t, filepath.Join("reference", page)), language)
	if len(found) != 1 {
		t.Fatalf("%s has %d examples in %s, not one", page, len(found), language)
	}
	write(t, filepath.Join(dir, file), found[0])
}

// TestTenantAndChangesExamples plays the examples of both formats.
func TestTenantAndChangesExamples(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "tenant.md", "jsonl", dir, "tenant.jsonl")
	example(t, "changes.md", "jsonl", dir, "changes.jsonl")
	contains(t, run(t, dir, 0, "tenant", "inspect", "tenant.jsonl"), "users        2 (0 disabled, 0 soft-deleted, 1 with a manager, 0 guests)",
		"groups       1 (1 memberships)", "assignments  2")
	write(t, filepath.Join(dir, "play.yaml"), "title: the example of the format\nfor: 4h\ntenant:\n  lines: |\n"+indent(read(t,
		filepath.Join(dir, "tenant.jsonl")))+
		"expect:\n  - that: ['target.users == 2', 'escrows() == 0']\n")
	run(t, dir, 0, "simulate", "--scenario", "play.yaml", "--seed", "1", "--out", "play")
	out := run(t, dir, 0, "record", "diff", "--tenant", "tenant.jsonl", "--changes", "changes.jsonl", "--cycles", "6", recorded(t, dir))
	contains(t, out, "no difference")
}

// recorded is a run of the example on a target of the program, as a recording.
func recorded(t *testing.T, dir string) string {
	t.Helper()
	base := serve(t, dir)
	out := run(t, dir, 0, "simulate", "--target", base, "--tenant", "tenant.jsonl", "--changes", "changes.jsonl", "--cycles", "6", "--transcript", "all", "--seed",
		"1", "--out", "run")
	contains(t, out, "4 created", "3 disabled", "0 failures")
	return "run"
}

// TestScenarioExample plays the example of the format.
func TestScenarioExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "scenario.md", "yaml", dir, "incident.yaml")
	contains(t, run(t, dir, 0, "simulate", "--scenario", "incident.yaml", "--seed", "1"), "expectations met")
}

// TestExpectationsExample gives the example to conform, whose findings do not come.
func TestExpectationsExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "expectations.md", "yaml", dir, "expect.yaml")
	contains(t, run(t, dir, 1, "conform", "--target", serve(t, dir), "--check", "ATT-005,HTP-001", "--expect", "expect.yaml", "--seed", "1"), "ATT-005")
}

// TestConfigurationExample starts conform with the example's flags.
func TestConfigurationExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "configuration.md", "yaml", dir, "scimdrill.yaml")
	text := read(t, filepath.Join(dir, "scimdrill.yaml"))
	write(t, filepath.Join(dir, "scimdrill.yaml"), strings.Replace(text, "http://127.0.0.1:8080", serve(t, dir), 1))
	run(t, dir, 0, "conform", "--check", "ATT-005")
	read(t, filepath.Join(dir, "reports", "junit.xml"))
}

func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in:\n%s", p, text)
		}
	}
}

// TestStreamExample replays the example of the format at a target with other ids.
func TestStreamExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "formats.md", "jsonl", dir, "requests.jsonl")
	contains(t, run(t, dir, 0, "stream", "inspect", "requests.jsonl"), "3")
	out := run(t, dir, 0, "replay", "--target", serve(t, dir), "--stream", "requests.jsonl", "--seed", "1", "--speed", "10", "--out", "replayed")
	contains(t, out, "3 requests")
}

// TestSchemaExample runs with a part of a schema, which is filled from the template.
func TestSchemaExample(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	example(t, "formats.md", "json", dir, "part.json")
	contains(t, run(t, dir, 0, "schema", "validate", "part.json"), "the object mapping User is from the file", "no errors, 0 warnings")
	contains(t, run(t, dir, 0, "simulate", "--target", serve(t, dir), "--schema", "part.json",
		"--generate", "users=4,groups=1", "--cycles", "1", "--seed", "1"), "other object mappings")
}
