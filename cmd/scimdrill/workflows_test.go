package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// workflowFiles are all files that GitHub runs: of the project, of its action, and of init.
func workflowFiles(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range []string{"../../action.yml", "../../.github/workflows/*.yml", "../../docs/guide/ci/github.yml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, path := range found {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files[path] = string(data)
		}
	}
	return files
}

// Every action of somebody else is one commit, and not a tag that can move (S11). Our own has
// the version that CI files install.
func TestWorkflowsArePinned(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$`)
	uses := 0
	for path, text := range workflowFiles(t) {
		for _, m := range regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.+)$`).FindAllStringSubmatch(text, -1) {
			uses++
			if own, ok := strings.CutPrefix(m[1], "scimdrill/scimdrill@"); ok && own == newestRelease {
				continue
			}
			if !pinned.MatchString(m[1]) && m[1] != "./" {
				t.Errorf("%s uses %s, which is not pinned to a commit with its version", path, m[1])
			}
		}
	}
	if uses < 10 {
		t.Errorf("only %d uses were found", uses)
	}
	if got := readAction(t).Inputs["version"].Default; got != newestRelease {
		t.Errorf("action.yml installs %s, and init %s", got, newestRelease)
	}
}

// No expression stands in a script, where its text would be code (S6). Each workflow names its
// permissions, and none asks for all.
func TestWorkflowsRunNoInput(t *testing.T) {
	t.Parallel()
	for path, text := range workflowFiles(t) {
		var file struct {
			Permissions any
			Runs        struct{ Steps []actionStep }
			Jobs        map[string]struct{ Steps []actionStep }
		}
		if err := yaml.Unmarshal([]byte(text), &file); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		steps := file.Runs.Steps
		for _, job := range file.Jobs {
			steps = append(steps, job.Steps...)
		}
		for _, s := range steps {
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: the script of %q has an expression: %s", path, s.Name, s.Run)
			}
		}
		if _, ok := file.Permissions.(map[string]any); !ok && filepath.Base(path) != "action.yml" {
			t.Errorf("%s has no permissions of its own: %v", path, file.Permissions)
		}
	}
}
