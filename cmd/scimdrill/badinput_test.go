package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
)

// answers are endpoints that are none, or behave badly, by name.
func answers(t *testing.T) map[string]string {
	t.Helper()
	urls := map[string]string{"closed port": "http://127.0.0.1:1"}
	urls["wrong token"], _ = serveTarget(t, nil)
	const empty = `{"totalResults":0,"Resources":[],"x":"`
	for name, handler := range map[string]http.HandlerFunc{
		"HTML instead of JSON": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<!doctype html><title>Sign in</title>")
		},
		"302": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://login.example/", http.StatusFound)
		},
		"50 MB": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/scim+json")
			_, _ = io.WriteString(w, empty)
			block := bytes.Repeat([]byte("x"), 1<<20)
			for range 50 {
				if _, err := w.Write(block); err != nil {
					return
				}
			}
			_, _ = io.WriteString(w, `"}`)
		},
		"an answer that never ends": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/scim+json")
			for _, err := io.WriteString(w, empty); err == nil && r.Context().Err() == nil; _, err = io.WriteString(w, "x") {
				_ = http.NewResponseController(w).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		},
	} {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		urls[name] = server.URL
	}
	return urls
}

// TestBadAnswers: whatever answers in place of a target, the run ends with the right code
// and a sentence that says why, and what it wrote is whole.
func TestBadAnswers(t *testing.T) {
	t.Parallel()
	urls := answers(t)
	for _, c := range []struct {
		answer, says               string
		connect, simulate, conform int
	}{
		{"closed port", "nothing accepts connections at this address", 3, 3, 3},
		{"wrong token", "401|Unauthorized|credentials", 1, 1, 3},
		{"HTML instead of JSON", "HTML|no JSON|ListResponse", 1, 1, 3},
		{"302", "302|redirect|Found", 1, 1, 3},
		{"50 MB", "larger than the limit", 1, 1, 3},
		{"an answer that never ends", "in time", 1, 3, 3},
	} {
		for command, code := range map[string]int{"connect": c.connect, "simulate": c.simulate, "conform": c.conform} {
			t.Run(c.answer+"/"+command, func(t *testing.T) {
				t.Parallel()
				out := filepath.Join(t.TempDir(), "out")
				args := []string{command, "--target", urls[c.answer], "--timeout", "1s", "--out", out}
				if command == "simulate" {
					args = append(args, "--generate", "users=5,groups=1", "--cycles", "2", "--seed", "7")
				}
				r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "s3cr3t-wrong"}}.run(t, args...)
				r.want(t, code)
				text := r.stdout + r.stderr
				if !regexp.MustCompile(c.says).MatchString(text) {
					t.Errorf("nothing says why: %s", text)
				}
				whole(t, out, text)
			})
		}
	}
}

// TestBadFiles: files that cannot be read as what they should be end a run before anything
// is sent or written: 2, the file, the place, no panic.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string { return writeTest(t, filepath.Join(dir, name), text) }
	schema := func(expression string) string {
		return fmt.Sprintf(`{"synchronizationRules":[{"name":"r","sourceDirectoryName":"Microsoft Entra ID","targetDirectoryName":"T",`+
			`"objectMappings":[{"enabled":true,"flowTypes":"Add","name":"m","sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:core:2.0:User",`+
			`"attributeMappings":[{"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Function","expression":%q}}]}]}]}`,
			expression)
	}
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"unknown flag":       {[]string{"--no-such-flag"}, "unknown flag --no-such-flag"},
		"unknown profile":    {[]string{"--profile", "nosuch", "--generate", "users=5"}, `unknown profile "nosuch"`},
		"schema that is cut": {[]string{"--generate", "users=5", "--schema", file("cut.json", `{"synchronizationRules":[`)}, "cut.json"},
		"schema of a number": {[]string{"--generate", "users=5", "--schema", file("number.json", `7`)}, "number.json"},
		"expression":         {[]string{"--generate", "users=5", "--schema", file("expression.json", schema(`Join(" ", [a`))}, "userName"},
		"function":           {[]string{"--generate", "users=5", "--schema", file("function.json", schema(`NoSuch([a])`))}, "NoSuch"},
		"deep schema":        {[]string{"--generate", "users=5", "--schema", file("deep.json", strings.Repeat("[", 100_000))}, "deep.json"},
		"tenant that is cut": {[]string{"--tenant", file("cut.jsonl", `{"@odata.type":"#microsoft.graph.user"`)}, "cut.jsonl:1"},
		"tenant without id":  {[]string{"--tenant", file("id.jsonl", `{"@odata.type":"#microsoft.graph.user"}`)}, "id.jsonl:1: id"},
		"tenant of zeros":    {[]string{"--tenant", file("zeros.jsonl", strings.Repeat("\x00", 4096))}, "zeros.jsonl: the file is not text"},
		"changes at a bad time": {
			[]string{"--generate", "users=5", "--changes", file("at.jsonl", `{"at":"soon","@odata.type":"#microsoft.graph.user","id":"1"}`)}, "at.jsonl:1: at",
		},
		"changes in centuries": {
			[]string{"--generate", "users=5", "--changes", file("late.jsonl", `{"at":"P900Y","@odata.type":"#microsoft.graph.user","id":"1"}`)}, "longer than 100 years",
		},
		"a folder of other files": {[]string{"--tenant", dir}, "cut.json:1: the file ends inside a value"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, _ := serveTarget(t, func(r *http.Request) { t.Errorf("%s %s was sent", r.Method, r.URL) })
			out := filepath.Join(t.TempDir(), "out")
			r := invocation{env: withToken()}.run(t, append([]string{"simulate", "--target", url, "--out", out}, c.args...)...)
			r.want(t, reports.ExitUsage, c.says)
			whole(t, out, r.stdout+r.stderr)
			if _, err := os.Stat(filepath.Join(out, runs.ReportName)); err == nil {
				t.Error("there is a report of a run that never began")
			}
		})
	}
}

// TestFullDisk: one file of a run after the other lies on a full disk. The run says so, ends
// with 4, and leaves no report in part.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full to stand for a full disk")
	}
	url, _ := serveTarget(t, nil)
	// Files that the run reads again cannot be tried: /dev/full is endless to read.
	for _, name := range []string{"report.json.part", "report.html.part", "junit.xml.part", "exchanges.har", "run.json.part"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			if err := os.Mkdir(out, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink("/dev/full", filepath.Join(out, name)); err != nil {
				t.Fatal(err)
			}
			r := invocation{env: withToken()}.run(t, "simulate", "--target", url, "--generate", "users=5", "--cycles", "1",
				"--transcript", "all", "--format", "json,html,junit", "--out", out)
			r.want(t, reports.ExitReport, "no space left", "hint: ")
			whole(t, out, r.stdout+r.stderr)
		})
	}
}

// whole fails the test if the program broke, or if a file of a run is there in part.
func whole(t *testing.T, out, said string) {
	t.Helper()
	for _, word := range []string{"panic", "goroutine ", "runtime error", "s3cr3t"} {
		if strings.Contains(said, word) {
			t.Errorf("%q was said: %s", word, said)
		}
	}
	err := filepath.WalkDir(out, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Type()&fs.ModeSymlink != 0 {
			return err
		}
		if strings.Contains(entry.Name(), ".part") {
			t.Errorf("%s is left", entry.Name())
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Contains(data, []byte("s3cr3t")) {
			t.Errorf("%s holds the token", entry.Name())
		}
		switch filepath.Ext(path) {
		case ".json", ".har":
			if !json.Valid(data) {
				t.Errorf("%s is no JSON: %.100q", entry.Name(), data)
			}
		case ".html":
			if !bytes.Contains(data, []byte("</html>")) {
				t.Errorf("%s has no end", entry.Name())
			}
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
}
