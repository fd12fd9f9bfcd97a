package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/setup"
	"github.com/scimdrill/scimdrill/reports"
)

// Three questions on a terminal, whose presets come from the repository.
func TestInitAsks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeTest(t, filepath.Join(dir, ".gitlab-ci.yml"), "stages: [test]\n")
	i := invocation{stdin: "http://127.0.0.1:9000/scim\n./serve --port 9000\n\n", prepare: func(p *console.Process) { p.InTerminal, p.ErrTerminal = true, true }}
	r := i.run(t, "init", "--out", dir)
	r.want(t, 0, "Address of your SCIM endpoint in CI [http://127.0.0.1:8080/scim]: ", "(empty: you add it later): ",
		"CI system (github, gitlab, jenkins, azure, none) [gitlab]: ", "next: add to .gitlab-ci.yml: include: [{local: .gitlab/scim.yml}]")
	for name, text := range map[string]string{
		setup.ConfigFile: "target: \"http://127.0.0.1:9000/scim\"\n", setup.ExpectFile: "expect: []\n", ".gitlab/scim.yml": "- \"./serve --port 9000 &\"\n",
		".gitlab-ci.yml": "stages: [test]\n",
	} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(data), text) {
			t.Errorf("%s lacks %q: %v\n%s", name, text, err, data)
		}
	}
	i.stdin = "http://127.0.0.1:9000/scim\n"
	i.run(t, "init", "--out", t.TempDir()).want(t, reports.ExitUsage, "read the answer", "pass flags")
	i.prepare, i.stdin = nil, ""
	i.run(t, "init", "--out", t.TempDir()).want(t, reports.ExitUsage, "--target URL is missing")
}

// No file is ever replaced, and nothing is written beside one that exists; not through a link, either.
func TestInitReplacesNothing(t *testing.T) {
	t.Parallel()
	for _, system := range setup.Systems() {
		for _, taken := range []string{setup.ConfigFile, setup.ExpectFile, system.Path} {
			if taken == "" || taken == system.Path && system.Beside != "" {
				continue // another path is used
			}
			dir := t.TempDir()
			path := filepath.Join(dir, filepath.FromSlash(taken))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			writeTest(t, path, "mine")
			invocation{}.run(t, "init", "--target", "http://127.0.0.1:1", "--ci", system.Name, "--out", dir).
				want(t, reports.ExitUsage, "nothing was written: "+taken+" exists already", "hint: ")
			files := 0
			err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					files++
				}
				return err
			})
			if data, _ := os.ReadFile(path); string(data) != "mine" || files != 1 || err != nil {
				t.Errorf("%s with %s: %q, %d files, %v", system.Name, taken, data, files, err)
			}
		}
	}
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, ".github")); err != nil {
		t.Skip(err)
	}
	if r := (invocation{}).run(t, "init", "--target", "http://127.0.0.1:1", "--ci", "github", "--out", dir); r.code == 0 {
		t.Error("a link leads out of the repository")
	}
	for folder, entries := range map[string]int{dir: 1, outside: 0} {
		if left, err := os.ReadDir(folder); err != nil || len(left) != entries {
			t.Errorf("%q is left, %v", left, err)
		}
	}
}

// What cannot stand in a file of a repository is refused.
func TestInitRefuses(t *testing.T) {
	t.Parallel()
	for says, args := range map[string][]string{
		"did you mean github?":                      {"--target", "http://127.0.0.1:1", "--ci", "gihub"},
		"did you mean goto":                         {"--target", "http://127.0.0.1:1", "--ci", "none", "--app", "gotoo"},
		"contains a user name or password":          {"--target", "http://ada:secret@127.0.0.1:1", "--ci", "none"},
		"the target URL contains a secret":          {"--target", "http://127.0.0.1:1/?access_token=abcdefghijklmnop", "--ci", "none"},
		"is not an http or https URL":               {"--target", "ftp://127.0.0.1:1", "--ci", "none"},
		"the start command has a line break or":     {"--target", "http://127.0.0.1:1", "--ci", "github", "--start", "a\n      - run: b"},
		"allow the host scim.example.com in scimdr": {"--target", "https://scim.example.com/v2", "--ci", "none"},
	} {
		code := reports.ExitUsage
		if strings.HasPrefix(says, "allow") {
			code = reports.ExitOK
		}
		i := invocation{prepare: func(p *console.Process) { p.Dial = refuseDial(t) }}
		i.run(t, append([]string{"init", "--out", t.TempDir()}, args...)...).want(t, code, says)
	}
}

// Any text of an answer stays what it is in every file.
func TestInitQuotes(t *testing.T) {
	t.Parallel()
	const start = `./run "a b" 'c' \d #e: {f} ''' $G && true`
	for _, system := range []string{"gitlab", "azure", "jenkins"} {
		dir := t.TempDir()
		invocation{}.run(t, "init", "--target", "http://127.0.0.1:1/a:b, {c}?aadOptscim062020", "--ci", system, "--start", start, "--out", dir).want(t, 0)
		found, _ := setup.Find(system)
		if s := readScript(t, system, filepath.Join(dir, found.Path)); !strings.Contains(s.text, start+" &\n") {
			t.Errorf("%s: %s", system, s.text)
		}
		var config map[string]any
		data, _ := os.ReadFile(filepath.Join(dir, setup.ConfigFile)) // an empty one fails below
		if err := yaml.Unmarshal(data, &config); err != nil || config["target"] != "http://127.0.0.1:1/a:b, {c}?aadOptscim062020" {
			t.Errorf("%v, %v", config, err)
		}
	}
}

// docs/guide/ci has the files of init, for those who copy them.
func TestInitPages(t *testing.T) {
	t.Parallel()
	for _, system := range setup.Systems() {
		if system.Path == "" {
			continue
		}
		dir := t.TempDir()
		invocation{}.run(t, "init", "--target", "http://127.0.0.1:8080/scim", "--ci", system.Name, "--out", dir).want(t, 0)
		for _, name := range []string{setup.ConfigFile, setup.ExpectFile, system.Path} {
			got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				t.Fatal(err)
			}
			page := filepath.Join("..", "..", "docs", "guide", "ci", strings.TrimPrefix(filepath.Base(name), "."))
			if system.Name == "github" && name == system.Path {
				page = filepath.Join(filepath.Dir(page), "github.yml")
			}
			if *update {
				if err := os.WriteFile(page, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(page); err != nil || string(want) != string(got) {
				t.Errorf("%s is not what init writes (%v); run go test ./cmd/scimdrill -run TestInitPages -update", page, err)
			}
		}
	}
}

// The answer to one question is not taken from the next one.
func TestInitReadsOneLine(t *testing.T) {
	t.Parallel()
	rest := strings.NewReader("one\r\ntwo\n")
	con := console.New(console.Process{Stdin: rest, Stderr: io.Discard, Stdout: io.Discard, Getenv: func(string) (string, bool) { return "", false }}, thisTool())
	for _, want := range []string{"one", "two"} {
		if got, err := con.Ask(t.Context(), "?", ""); got != want || err != nil {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
}
