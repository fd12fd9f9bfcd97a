package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The proof that a test of a side looks at it: the tests of the engine are built once so that one
// option, named in the environment, keeps its default whatever is set. A sub-test that is
// named after another value of that option then has to fail.

const (
	optionsFile = "simulator/options/options.go"
	enginePath  = "simulator/engine" // its tests run whole jobs
	setsOption  = "if v, ok := set[o.Name]; ok {"
	ignores     = "SCIMDRILL_IGNORED_OPTION"
)

// ignored tries every option and reports whether each was missed.
func ignored(ctx context.Context, out io.Writer, known []choice, names map[string][]string) (bool, error) {
	dir, err := os.MkdirTemp("", "scimdrill-options-")
	if err != nil {
		return false, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary, err := buildIgnoring(ctx, dir)
	if err != nil {
		return false, err
	}
	missed, silent := 0, []string(nil)
	for _, c := range known {
		by := ""
		for _, test := range otherSides(c, names) {
			if by, err = failing(ctx, binary, c.name, test); err != nil {
				return false, fmt.Errorf("option %s: %w", c.name, err)
			}
			if by != "" {
				break
			}
		}
		if by == "" {
			silent = append(silent, c.name)
			continue
		}
		missed++
		_, _ = fmt.Fprintf(out, "%-26s %s\n", c.name, by)
	}
	_, _ = fmt.Fprintf(out, "%d options, %d covered by a test of another value\n", len(known), missed)
	if len(silent) > 0 {
		_, _ = fmt.Fprintln(out, "no test fails when these are ignored: "+strings.Join(silent, " "))
	}
	return len(silent) == 0, nil
}

// buildIgnoring builds the tests of the engine with the one place changed that sets options.
func buildIgnoring(ctx context.Context, dir string) (string, error) {
	text, err := os.ReadFile(optionsFile)
	if err != nil {
		return "", err
	}
	if n := bytes.Count(text, []byte(setsOption)); n != 1 {
		return "", fmt.Errorf("%s sets an option in %d places; want one: %s", optionsFile, n, setsOption)
	}
	changed := strings.Replace(string(text), setsOption, fmt.Sprintf("if v, ok := set[o.Name]; ok && o.Name != os.Getenv(%q) {", ignores), 1)
	changed = strings.Replace(changed, "import (\n", "import (\n\t\"os\"\n", 1)
	overlay, err := overlaid(dir, optionsFile, []byte(changed))
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "engine.test")
	answer, err := exec.CommandContext(ctx, "go", "test", "-vet=off", "-c", "-overlay", overlay, "-o", binary, "./"+enginePath).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the engine's tests: %w\n%s", err, answer)
	}
	return binary, nil
}

// otherSides are the sub-tests of the engine that are named after a value of an option which is
// not the default, each of them once.
func otherSides(c choice, names map[string][]string) []string {
	var out []string
	for _, list := range names {
		for _, name := range list {
			values := sides(c.name, []string{name})
			if strings.Contains(name, "/") && len(values) > 0 && !slices.Contains(values, c.standard) && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// failing runs one sub-test with the option ignored and gives its name when it fails. A name that
// the engine's tests do not have runs nothing and fails nothing.
func failing(ctx context.Context, binary, option, test string) (string, error) {
	var pattern []string
	for part := range strings.SplitSeq(test, "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(part)+"$")
	}
	path, err := filepath.Abs(binary)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, path, "-test.run", strings.Join(pattern, "/"))
	cmd.Dir, cmd.Env = enginePath, append(os.Environ(), ignores+"="+option)
	answer, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "", nil
	case !errors.As(err, &exit):
		return "", err
	case !bytes.Contains(answer, []byte("--- FAIL: "+test)):
		return "", fmt.Errorf("%s neither passed nor failed:\n%s", test, answer)
	}
	return test, nil
}
