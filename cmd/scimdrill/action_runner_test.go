package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// actionRunner runs the steps of action.yml as GitHub's runner does: it fills in expressions,
// writes each script into a file, and gives it the files for outputs, summary and path. Steps that
// use another action are noted, and not run.
type actionRunner struct {
	inputs, github, env map[string]string
	dir, temp           string

	exitCode int
	log      string
	used     []string
	outputs  map[string]string // of the step conform
}

type actionStep struct {
	ID, Name, If, Uses, Run string
	Env                     map[string]string
	With                    map[string]any
	ContinueOnError         bool   `yaml:"continue-on-error"`
	WorkingDirectory        string `yaml:"working-directory"`
}

type actionFile struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct{ Steps []actionStep }
}

func readAction(t *testing.T) actionFile {
	t.Helper()
	data, err := os.ReadFile("../../action.yml")
	if err != nil {
		t.Fatal(err)
	}
	var a actionFile
	if err := yaml.Unmarshal(data, &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// run runs the steps. After a failed step, only those run that do not depend on success.
func (r *actionRunner) run(t *testing.T) {
	t.Helper()
	action := readAction(t)
	for name, in := range action.Inputs {
		if _, ok := r.inputs[name]; !ok {
			r.inputs[name] = r.fill(t, in.Default)
		}
	}
	r.outputs = map[string]string{}
	for _, step := range action.Runs.Steps {
		failed := r.exitCode != 0 && !strings.Contains(step.If, "cancelled()")
		if failed || step.If != "" && !r.holds(t, step.If) {
			continue
		}
		if step.Uses != "" {
			r.used = append(r.used, step.Name)
			for _, value := range step.With {
				if text, ok := value.(string); ok {
					r.fill(t, text) // every expression must be one that exists
				}
			}
			continue
		}
		if code := r.script(t, step); code != 0 && r.exitCode == 0 {
			r.exitCode = code
		}
	}
}

// script runs one script, as `shell: bash` does.
func (r *actionRunner) script(t *testing.T, step actionStep) int {
	t.Helper()
	file := writeTest(t, filepath.Join(r.temp, "step.sh"), r.fill(t, step.Run))
	output, path := writeTest(t, filepath.Join(r.temp, "output"), ""), filepath.Join(r.temp, "path")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	cmd := exec.CommandContext(ctx, "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", file)
	cmd.Dir = filepath.Join(r.dir, r.fill(t, step.WorkingDirectory))
	added, _ := os.ReadFile(path) // there is none before the first step
	cmd.Env = append(os.Environ(), "GITHUB_ACTIONS=true", "CI=true", "RUNNER_OS=Linux", "RUNNER_ARCH=X64", "RUNNER_TEMP="+r.temp,
		"GITHUB_OUTPUT="+output, "GITHUB_PATH="+path, "GITHUB_STEP_SUMMARY="+r.summary(), "GITHUB_EVENT_NAME="+r.github["event_name"],
		"GITHUB_REPOSITORY=acme/app", "PATH="+strings.ReplaceAll(strings.TrimSpace(string(added)), "\n", ":")+":"+r.env["PATH"]+":"+os.Getenv("PATH"))
	for name, value := range r.env {
		if name != "PATH" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	for name, value := range step.Env {
		cmd.Env = append(cmd.Env, name+"="+r.fill(t, value))
	}
	text, err := cmd.CombinedOutput()
	r.log += string(text)
	if step.ID == "conform" {
		data, _ := os.ReadFile(output) // an empty one has no outputs
		for line := range bytes.Lines(data) {
			if name, value, ok := strings.Cut(strings.TrimSpace(string(line)), "="); ok {
				r.outputs[name] = value
			}
		}
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	} else if err != nil {
		t.Fatalf("%s: %v", step.Name, err)
	}
	return 0
}

func (r *actionRunner) summary() string { return filepath.Join(r.temp, "summary.md") }

// fill replaces the expressions of a text; an unknown one fails the test.
func (r *actionRunner) fill(t *testing.T, text string) string {
	t.Helper()
	return regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`).ReplaceAllStringFunc(text, func(m string) string {
		return r.value(t, strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(m, "${{"), "}}")))
	})
}

// value is the value of a literal or of a name of a context.
func (r *actionRunner) value(t *testing.T, name string) string {
	t.Helper()
	if text, ok := strings.CutPrefix(name, "'"); ok {
		return strings.TrimSuffix(text, "'")
	}
	for prefix, values := range map[string]map[string]string{
		"inputs.": r.inputs, "github.": r.github, "steps.conform.outputs.": r.outputs,
		"runner.": {"temp": r.temp, "os": "Linux", "arch": "X64"},
	} {
		if key, ok := strings.CutPrefix(name, prefix); ok {
			value, known := values[key]
			if !known && prefix != "steps.conform.outputs." {
				t.Errorf("action.yml uses the unknown %s", name)
			}
			return value
		}
	}
	t.Errorf("action.yml uses the unknown %s", name)
	return ""
}

// holds evaluates a condition: comparisons, joined by &&, and !cancelled().
func (r *actionRunner) holds(t *testing.T, condition string) bool {
	t.Helper()
	condition = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(condition), "${{"), "}}")
	for part := range strings.SplitSeq(condition, "&&") {
		part = strings.TrimSpace(part)
		if part == "!cancelled()" {
			continue
		}
		left, right, equal := strings.Cut(part, " == ")
		if !equal {
			var ok bool
			if left, right, ok = strings.Cut(part, " != "); !ok {
				t.Fatalf("condition %q is not understood", part)
			}
		}
		if (r.value(t, left) == r.value(t, right)) != equal {
			return false
		}
	}
	return true
}
