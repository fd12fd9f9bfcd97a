package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stubGH is a program in place of GitHub's command line: it notes its arguments and the body, and
// knows one comment or none.
func stubGH(t *testing.T, comment string, exitCode string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	script := `#!/bin/sh
echo "$@" >>'` + dir + `/calls'
for a in "$@"; do case "$a" in body=@*) cat "${a#body=@}" >'` + dir + `/body' ;; esac; done
case "$*" in *--jq*) echo '` + comment + `' ;; esac
exit ` + exitCode + "\n"
	if err := os.WriteFile(filepath.Join(dir, "gh"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// commented runs the action for a pull request, with a report of the target branch or without.
func commented(t *testing.T, release *servedRelease, gh string, before string, defects ...string) *actionRunner {
	t.Helper()
	r := newAction(t, release, map[string]string{"target": serveDefects(t, defects...), "token": testToken, "comment": "true"})
	r.github["event_name"], r.github["event.pull_request.number"], r.github["base_ref"] = "pull_request", "42", "main"
	r.env["PATH"], r.env["SCIMDRILL_CHECK"] = gh, "MEM-005,USR-001"
	if before != "" {
		dir := filepath.Join(r.temp, "scimdrill-before")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		writeTest(t, filepath.Join(dir, "report.json"), before)
	}
	r.run(t)
	return r
}

// The action writes one comment on a pull request: what is worse, new, better and gone.
func TestActionComments(t *testing.T) {
	t.Parallel()
	release := serveRelease(t)
	gh := stubGH(t, "", "0")
	first := commented(t, release, gh, "")
	calls, body := fileText(t, gh, "calls"), fileText(t, gh, "body")
	if first.exitCode != 0 || !strings.Contains(calls, "--method POST repos/acme/app/issues/42/comments") || !strings.HasPrefix(body, "<!-- scimdrill -->\n") ||
		!strings.Contains(body, "scimdrill: Conformant") {
		t.Errorf("exit code %d, calls %s, body %.300s\n%s", first.exitCode, calls, body, first.log)
	}
	before := fileText(t, first.outputs["reports"], "report.json")
	gh = stubGH(t, "4711", "0")
	worse := commented(t, release, gh, before, "MRM-01")
	calls, body = fileText(t, gh, "calls"), fileText(t, gh, "body")
	t.Logf("exit code %d, calls:\n%sbody:\n%s", worse.exitCode, calls, body)
	if worse.exitCode != 1 || !strings.Contains(calls, "--method PATCH repos/acme/app/issues/comments/4711") || !strings.Contains(body, "MEM-005") ||
		!strings.Contains(strings.ToLower(body), "worse") {
		t.Errorf("exit code %d, calls %s, body %s\n%s", worse.exitCode, calls, body, worse.log)
	}
	better := commented(t, release, gh, fileText(t, worse.outputs["reports"], "report.json"))
	if body = fileText(t, gh, "body"); better.exitCode != 0 || !strings.Contains(strings.ToLower(body), "better") {
		t.Errorf("exit code %d, body %s", better.exitCode, body)
	}
}

// A comment that may not be written is a warning, and a damaged report of the target branch is
// one: neither changes the verdict.
func TestActionWithoutTheRightToComment(t *testing.T) {
	t.Parallel()
	release := serveRelease(t)
	r := commented(t, release, stubGH(t, "", "1"), "")
	if r.exitCode != 0 || !strings.Contains(r.log, "::warning title=scimdrill::the comment could not be written") {
		t.Errorf("exit code %d\n%s", r.exitCode, r.log)
	}
	gh := stubGH(t, "", "0")
	r = commented(t, release, gh, "{damaged")
	if body := fileText(t, gh, "body"); r.exitCode != 0 || !strings.Contains(body, "Conformant") ||
		!strings.Contains(r.log, "::warning title=scimdrill::the reports could not be compared") {
		t.Errorf("exit code %d\n%s", r.exitCode, r.log)
	}
}

func fileText(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
