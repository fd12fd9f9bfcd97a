package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/setup"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// repaired is an endpoint whose defect can be repaired.
type repaired struct {
	url     string
	handler atomic.Pointer[http.Handler]
}

func serveRepaired(t *testing.T, defects ...string) *repaired {
	t.Helper()
	r := &repaired{}
	r.set(t, defects...)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { (*r.handler.Load()).ServeHTTP(w, req) }))
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

func (r *repaired) set(t *testing.T, defects ...string) {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Defects: defects, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	h := http.Handler(tgt)
	r.handler.Store(&h)
}

// ciScript is the script of a CI file: its lines, and how its system starts a shell.
type ciScript struct {
	shell []string
	text  string
}

// readScript finds the script in the file of a CI system.
func readScript(t *testing.T, system, path string) ciScript {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	bash := []string{"bash", "--noprofile", "--norc"}
	switch system {
	case "gitlab":
		var file struct{ Scim struct{ Script []string } }
		if err := yaml.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		return ciScript{append(bash, "-eo", "pipefail"), strings.Join(file.Scim.Script, "\n")}
	case "azure":
		var file struct{ Steps []struct{ Bash string } }
		if err := yaml.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		return ciScript{bash, file.Steps[0].Bash}
	default:
		script := regexp.MustCompile(`(?s)sh '''(.*?)'''`).FindSubmatch(data)
		if script == nil {
			t.Fatalf("no script in %s", data)
		}
		text := strings.NewReplacer(`\\`, `\`, `\'`, `'`).Replace(string(script[1]))
		return ciScript{[]string{"sh", "-xe"}, text}
	}
}

// run runs the script in a repository, and returns its exit code and what it printed.
func (s ciScript) run(t *testing.T, dir string, env ...string) (code int, text string) {
	t.Helper()
	file := writeTest(t, filepath.Join(t.TempDir(), "script.sh"), s.text)
	cmd := exec.CommandContext(t.Context(), s.shell[0], append(s.shell[1:], file)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(out)
	} else if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}

// The CI file of init is red on a defect, green with an expectation, and red again when the
// expectation has expired, or the defect is gone.
func TestInitInCI(t *testing.T) {
	t.Parallel()
	release := serveRelease(t)
	for _, system := range []string{"github", "gitlab", "jenkins", "azure"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			dir, endpoint := t.TempDir(), serveRepaired(t, "MRM-01")
			invocation{}.run(t, "init", "--target", endpoint.url, "--ci", system, "--out", dir).want(t, 0, "next: put the token of your endpoint into")
			expectation := func(expires string) {
				writeTest(t, filepath.Join(dir, setup.ExpectFile), "expect:\n  - check: MEM-005\n    reason: ships with 4.2\n    expires: "+expires+"\n")
			}
			for _, step := range []struct {
				name    string
				prepare func()
				code    int
				says    string
			}{
				{"a defect", func() {}, 1, "a removal removes members that it does not name"},
				{"expected", func() { expectation("2999-12-31") }, 0, "CONFORMANT"},
				{"expired", func() { expectation("2020-01-01") }, 1, "which has passed"},
				{"repaired", func() { expectation("2999-12-31"); endpoint.set(t) }, 1, "the check passed"},
				{"removed", func() { writeTest(t, filepath.Join(dir, setup.ExpectFile), "expect: []\n") }, 0, "CONFORMANT"},
			} {
				step.prepare()
				code, text := ciRun(t, system, dir, release)
				t.Logf("%s: exit code %d", step.name, code)
				if code != step.code || !strings.Contains(strings.Join(strings.Fields(text), " "), step.says) {
					t.Errorf("%s: exit code %d, want %d with %q\n%s", step.name, code, step.code, step.says, text)
				}
				if strings.Contains(text, testToken) && system != "jenkins" { // Jenkins masks what sh -x shows
					t.Errorf("%s: the token is shown\n%s", step.name, text)
				}
			}
		})
	}
}

// ciRun runs the CI file of a repository once, with one check.
func ciRun(t *testing.T, system, dir string, release *servedRelease) (int, string) {
	t.Helper()
	found, _ := setup.Find(system)
	path := filepath.Join(dir, filepath.FromSlash(found.Path))
	if system != "github" {
		return readScript(t, system, path).run(t, dir, "SCIMDRILL_RELEASES="+release.url, "SCIM_TEST_TOKEN="+testToken, "SCIMDRILL_TOKEN="+testToken,
			"SCIMDRILL_CHECK=MEM-005")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Jobs struct{ Scim struct{ Steps []actionStep } }
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	steps := file.Jobs.Scim.Steps
	last := steps[len(steps)-1]
	if last.Uses != "scimdrill/scimdrill@"+newestRelease || last.With["token"] != "${{ secrets.SCIM_TEST_TOKEN }}" {
		t.Fatalf("the last step is %+v", last)
	}
	r := newAction(t, release, map[string]string{"token": testToken, "comment": "true"})
	r.dir, r.env["SCIMDRILL_CHECK"] = dir, "MEM-005"
	r.run(t)
	return r.exitCode, r.log
}
