package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

// files reads all files of a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range list {
		text, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name()] = string(text)
	}
	return out
}

// past is a data file that the next start compacts: a user who was changed 10,100 times, and a
// last line that a kill has cut off.
func past(name string) string {
	line := `[{"type":"User","id":"1","values":{"userName":"` + name + `"},"changes":1}]` + "\n"
	return `{"scimdrill":"data of target","version":1}` + "\n" + strings.Repeat(line, 10_100) + `[{"type":"Us`
}

// TestAddressInUse starts targets on an address that is taken: no file changes (S2, F5).
func TestAddressInUse(t *testing.T) {
	t.Parallel()
	first, _ := startTarget(t, nil, 2)
	listen := strings.TrimPrefix(first.url, "http://")
	for name, args := range map[string][]string{
		"data":         {"--data", "people.data"},
		"tenants":      {"--data", "people.data", "--tenant", "contoso", "--tenant", "fabrikam"},
		"certificate":  {"--tls-self", "cert.pem"},
		"certificates": {"--tls-self", "cert.pem", "--data", "people.data"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for _, file := range []string{"people.data", "people.data.contoso", "people.data.fabrikam"} {
				writeTest(t, filepath.Join(dir, file), past(file))
			}
			writeTest(t, filepath.Join(dir, "cert.pem"), "the certificate of the first")
			before := files(t, dir)
			for i := range args {
				if strings.Contains(args[i], ".") {
					args[i] = filepath.Join(dir, args[i])
				}
			}
			invocation{}.run(t, append([]string{"target", "--listen", listen}, args...)...).want(t, reports.ExitBroken, "address already in use")
			if diff := cmp.Diff(before, files(t, dir)); diff != "" {
				t.Errorf("a start that failed changed files:\n%s", diff[:min(len(diff), 500)])
			}
		})
	}
}

// TestDataInUse starts a second target on the file of a first: refused, by every path (S2, F5).
func TestDataInUse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, link := filepath.Join(dir, "people.data"), filepath.Join(dir, "link")
	if err := os.Symlink("people.data", link); err != nil {
		t.Fatal(err)
	}
	writeTest(t, data, past("ada"))
	env := withToken()
	first, _ := startTarget(t, env, 1, "--data", data)
	if status, text := first.ask(t, testToken, http.MethodPost, "/Users", `{"userName":"bob"}`); status != http.StatusCreated {
		t.Fatal(status, text)
	}
	before := files(t, dir)
	for _, path := range []string{data, link} {
		invocation{env: env}.run(t, "target", "--listen", "127.0.0.1:0", "--data", path).
			want(t, reports.ExitUsage, "the target's data "+path+" is in use by process ", "(scimdrill target, since ", "hint: stop that target")
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Error("a refused start changed files")
	}
	first.stop().want(t, 0)
	again, _ := startTarget(t, env, 1, "--data", link)
	if _, text := again.ask(t, testToken, http.MethodGet, "/Users?count=0", ""); !strings.Contains(text, `"totalResults":2`) {
		t.Errorf("after a restart: %s", text)
	}
	again.stop().want(t, 0)
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link was replaced: %v, %v", info, err)
	}
}
