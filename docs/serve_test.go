package docs_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// serve starts `scimdrill target` with the token secret and returns its URL.
func serve(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), "target", "--listen", "127.0.0.1:0", "--seed", "1")
	cmd.Dir = dir
	cmd.Env = []string{"SCIMDRILL_TOKEN=secret"}
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // the context has ended by then
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}
