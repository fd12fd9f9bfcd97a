package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/outside/scan"
)

// allFormats are all formats of a report, as a flag takes them.
func allFormats() string {
	var names []string
	for _, f := range reports.Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ",")
}

// outsideArguments are the arguments with which each command meets text from outside, in
// order. A command that is missing here fails TestOutsideTextInEveryCommand.
func outsideArguments(t *testing.T, url, dir string) [][]string {
	t.Helper()
	in := func(name string) string { return filepath.Join(dir, name) }
	tenant, other := hostileTenant(t, in("given-a.jsonl"), 0), hostileTenant(t, in("given-b.jsonl"), 7)
	schema, saved := hostileSchema(t, in("given-schema.json")), hostileRun(t, in("saved"))
	writeTest(t, in("given-expression"), everyText())
	return [][]string{
		{"connect", "--target", url, "--out", in("connect")},
		{"connect", "--target", url, "--oauth-token-url", url + "/oauth/token", "--oauth-client-id", "entra"},
		{
			"simulate", "--target", url, "--tenant", tenant, "--cycles", "2", "--format", allFormats(), "--transcript", "all", "--out", in("a"),
			"--state", in("state"), "--seed", "7",
		},
		{"simulate", "--target", url, "--tenant", other, "--cycles", "1", "--transcript", "all", "--out", in("b"), "--seed", "7"},
		{"simulate", "--target", url, "--tenant", tenant, "--state", in("state"), "--plan", "--out", in("plan"), "--seed", "7"},
		{"simulate", "--client", "okta", "--target", url, "--tenant", tenant, "--format", allFormats(), "--transcript", "all", "--out", in("okta"), "--seed", "7"},
		{"simulate", "--client", "onelogin", "--target", url, "--tenant", tenant, "--out", in("onelogin"), "--seed", "7"},
		{"simulate", "--client", "okta", "--target", url, "--tenant", other, "--plan", "--out", in("okta-plan"), "--seed", "7"},
		{"ondemand", "--client", "okta", "--target", url, "--tenant", tenant, "--user", "u3", "--out", in("okta-demand"), "--seed", "7"},
		{"job status", "--state", in("state")},
		{"job status", "--state", in("state"), "--json"},
		{"job credentials", "--state", in("state"), "--target", url},
		{"job pause", "--state", in("state")},
		{"job start", "--state", in("state")},
		{"job restart", "--state", in("state"), "--scope", everyText()},
		{"job restart", "--state", in("state")},
		{"job set", "--state", in("state"), "--notification-email", everyText()},
		{"record diff", in("a"), in("b")},
		{"record diff", in("a"), in("b"), "--format", "markdown"},
		{"record diff", in("a"), in("b"), "--format", "json"},
		{"cleanup", "--run", in("a")},
		{"ondemand", "--target", url, "--tenant", tenant, "--user", "u3", "--out", in("demand"), "--seed", "7"},
		{"ondemand", "--target", url, "--tenant", tenant, "--user", "u9", "--out", in("demand"), "--seed", "7", "--json"},
		{
			"conform", "--target", url, "--check", "USR-001", "--check", "MEM-001", "--check", "ATT-004", "--check", "HTP-013",
			"--format", allFormats(), "--out", in("conform"), "--write-expect", in("expect.yaml"),
		},
		{"report render", saved, "--format", allFormats()},
		{"report render", saved},
		{"report diff", saved, saved},
		{"report render", saved, "--share", "--format", allFormats()},
		{"schema validate", schema},
		{"schema validate", schema, "--target", url},
		{"schema set-matching", schema, everyText()},
		{"schema set-matching", "customappsso", "externalId", "--out", in("matched-schema.json")},
		{"schema show", schema},
		{"schema show", schema, "--json"},
		{"schema diff", "customappsso", schema},
		{"schema diff", "customappsso", schema, "--json"},
		{"tenant inspect", tenant},
		{"tenant generate", "--users", "3", "--groups", "1", "--seed", "7"},
		{"expression eval", `Append("a", [mail])`, "--attr", "mail=" + everyText()},
		{"expression eval", `Append("a", [mail])`, "--attr", "mail=" + everyText(), "--explain"},
		{"expression eval", `Append("a", [mail])`, "--attr", "mail=" + everyText(), "--explain", "--json"},
		{"expression eval", everyText()},
		{"expression list", everyText()},
		{"scope eval", everyText(), "--attr", "mail=" + everyText()},
		{"schema preview", schema, "--tenant", tenant, "--user", "u3"},
		{"schema preview", "customappsso", "--tenant", tenant, "--user", everyText()},
		{"scenario show", everyText()},
		{"stream inspect", in("a")},
		{"stream convert", in("a"), "--out", in("requests.jsonl")},
		{"replay", "--target", url, "--stream", in("requests.jsonl"), "--profile", "max", "--format", allFormats(), "--out", in("replay"), "--seed", "7"},
		{"report merge", in("replay"), "--format", allFormats(), "--out", in("merged")},
		{"explain", filepath.Join(in("a"), "provisioning-log.jsonl"), "--scenario-out", in("scenario.yaml")},
		{"explain", everyText()},
		{"explain", "--diff", filepath.Join(in("a"), "provisioning-log.jsonl"), filepath.Join(in("b"), "provisioning-log.jsonl")},
		{"tenant import", tenant, "--pseudonyms"},
		{"tenant import"},
		{"fault", "--target", url, "--fault", everyText(), "--listen", everyText()},
		{"profiles", everyText()},
		{"init", "--target", "http://127.0.0.1:1/" + url[len("http://"):], "--start", everyText(), "--ci", "gitlab", "--out", in("repository")},
		{"init", "--target", url, "--start", "a\x1b]52;c;AAAA\x07", "--ci", "azure", "--print", "--out", in("repository")},
		{"init", "--target", everyText(), "--ci", everyText(), "--out", in("repository")},
		{"help", everyText()},
		{"completion", everyText()},
		{"complete", "--", "conform", "--profile", everyText()},
		{"version"},
		{"version", "--sbom", "--of", everyText()},
		{"demo", "--out", writeTest(t, in("given-file"), "") + "/\x1b[2J\u202e\n::error::x"},
		{"target", "--listen", everyText()},
		{"issuer", "--print", "keys", "--issuer-key", everyText()},
		{
			"authorize", "--oauth-authorize-url", url, "--oauth-token-url", url + "/oauth/token", "--oauth-client-id", "entra",
			"--oauth-refresh-token-file", in("given-token"), "--redirect", url, "--paste",
		},
		{"record proxy", "--target", url, "--out", in("given-\x1b[2J\u202e\n::error::x"), "--listen", everyText()},
	}
}

// everyText is the corpus as an argument, which cannot hold a NUL, without its very long texts.
func everyText() string {
	var list []string
	for _, c := range scan.Corpus() {
		if len(c.Text) < 500 {
			list = append(list, strings.ReplaceAll(c.Text, "\x00", ""))
		}
	}
	return strings.Join(list, "\n")
}

// hostileSchema writes a schema of a profile with a text behind each of its strings.
func hostileSchema(t *testing.T, path string) string {
	t.Helper()
	r := invocation{}.run(t, "schema", "show", "--profile", "customappsso", "--json")
	var v any
	if err := json.Unmarshal([]byte(r.stdout), &v); err != nil {
		t.Fatal(err)
	}
	n := 0
	data, err := json.Marshal(rewritten(v, func() string {
		if n++; n%3 > 0 { // enough stays as it is for a rule to be found
			return ""
		}
		return scan.Corpus()[n/3%len(scan.Corpus())].Text
	}))
	if err != nil {
		t.Fatal(err)
	}
	return writeTest(t, path, string(data))
}

// hostileRun saves the report of a run that was edited.
func hostileRun(t *testing.T, dir string) string {
	t.Helper()
	url, _ := serveTarget(t, nil)
	invocation{env: withToken()}.run(t, "conform", "--target", url, "--check", "USR-001", "--check", "MEM-005", "--out", dir)
	path, texts := filepath.Join(dir, runs.ReportName), newTold()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	for _, check := range v["conformance"].(map[string]any)["checks"].([]any) {
		check := check.(map[string]any)
		for _, key := range []string{"title", "actual", "expected", "why", "fix", "repeat", "exchanges", "level", "suite", "parameter"} {
			if check[key] != nil {
				check[key] = rewritten(check[key], texts.next)
			}
		}
	}
	v["run"].(map[string]any)["command"] = everyText()
	v["target"].(map[string]any)["url"] = everyText()
	if data, err = json.Marshal(v); err != nil {
		t.Fatal(err)
	}
	writeTest(t, path, string(data))
	return dir
}

// No command prints text from outside raw, and no file that it writes has such text (S6).
func TestOutsideTextInEveryCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	covered := map[string]bool{}
	env := map[string]string{"SCIMDRILL_TOKEN": testToken, "SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client", "SCIMDRILL_REFRESH": everyText()}
	for n, args := range outsideArguments(t, hostileTarget(t), dir) {
		covered[args[0]] = true
		terminals := []bool{false, true}
		if len(args) > 1 && args[1] == "--target" { // a run takes its time
			terminals = terminals[n%2 : n%2+1]
		}
		i := invocation{env: env, stdin: "http://127.0.0.1/?error=a&error_description=%1B%5B2J%C2%9B%0A::error::x"}
		shows(t, i, terminals, append(strings.Fields(args[0]), args[1:]...)...)
	}
	for path := range commandLeaves(t) {
		if !covered[strings.Join(strings.Fields(strings.Split(path, "<")[0]), " ")] {
			t.Errorf("scimdrill %s is not tried with text from outside", path)
		}
	}
	scanFiles(t, dir)
}

// A mistake on the command line, in a variable or in the configuration is text from outside,
// too: for every flag of every command.
func TestOutsideTextInEveryFlag(t *testing.T) {
	t.Parallel()
	for path, leaf := range commandLeaves(t) {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			value := filepath.Join(dir, "\n::error::x \x1b]52;c;AAAA\x07\u202e\u009b2J##[add-path]x\x9b")
			command := strings.Fields(strings.Split(path, "<")[0])
			for _, flag := range leaf.Flags {
				switch flag.Name {
				case "out":
					command = append(command, "--out", filepath.Join(dir, "out"))
				case "listen":
					command = append(command, "--listen", "127.0.0.1:0")
				}
			}
			command = slices.Clip(command)
			for _, flag := range leaf.Flags {
				if flag.IsBool() {
					continue
				}
				variable := "SCIMDRILL_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
				tried(t, invocation{}, append(command, "--"+flag.Name, value)...)
				tried(t, invocation{env: map[string]string{variable: value}}, command...)
			}
			tried(t, invocation{}, append(command, "--"+value, value)...)
			config := writeTest(t, filepath.Join(dir, "c.yaml"), quotedJSON(value)+": "+quotedJSON(value)+"\n")
			tried(t, invocation{}, append(command, "--config", config)...)
		})
	}
}

// tried runs a command that may begin something, and scans what it says until it is stopped.
func tried(t *testing.T, i invocation, args ...string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	i.ctx = ctx
	r := i.run(t, args...)
	for _, mistake := range append(scan.Console([]byte(r.stdout), false), scan.Console([]byte(r.stderr), false)...) {
		t.Errorf("%q: %s", args, mistake)
	}
}
