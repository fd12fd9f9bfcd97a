package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The example for pytest has a test for each check: green, red on a defect, and red where nothing
// can be judged.
func TestOwnTestsInPython(t *testing.T) {
	t.Parallel()
	python := os.Getenv("SCIMDRILL_PYTHON")
	if python == "" {
		python = "python3"
	}
	if err := exec.CommandContext(t.Context(), python, "-c", "import pytest").Run(); err != nil {
		t.Skip("python3 with pytest is not here; SCIMDRILL_PYTHON names another one")
	}
	example, err := filepath.Abs("../../docs/guide/own-tests/test_scim.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, target, says string
		fails              bool
	}{
		{"conformant", serveDefects(t), "2 passed", false},
		{"defective", serveDefects(t, "MRM-01"), "1 failed, 1 passed", true},
		{"unreachable", "http://127.0.0.1:1", "1 failed, 2 skipped", true},
	} {
		cmd := exec.CommandContext(t.Context(), python, "-m", "pytest", "-q", "-p", "no:cacheprovider", example)
		cmd.Dir = t.TempDir()
		cmd.Env = append(os.Environ(), "SCIM_TARGET="+c.target, "SCIMDRILL_TOKEN="+testToken, "SCIMDRILL_CHECK=MEM-005,USR-001", "SCIMDRILL_WAIT=1s",
			"PYTHONDONTWRITEBYTECODE=1")
		out, err := cmd.CombinedOutput()
		t.Logf("%s: %s", c.name, lastLine(string(out)))
		if (err != nil) != c.fails || !strings.Contains(string(out), c.says) {
			t.Errorf("%s: %v\n%s", c.name, err, out)
		}
	}
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}
