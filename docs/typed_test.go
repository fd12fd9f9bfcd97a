package docs_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// typed is one command of a page and the output that the page prints below it.
type typed struct {
	command string
	output  []string
}

// typeCommands types the commands of a page in order, in one shell, and compares their output
// with what the page prints. Pages that are tried at the same time need other ports: port is the
// highest one, of four digits.
func typeCommands(t *testing.T, page string, least, port int) {
	t.Helper()
	var all []typed
	for _, block := range blocks(read(t, page), "console") {
		for line := range strings.Lines(block) {
			line = strings.TrimSuffix(line, "\n")
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				all = append(all, typed{command: command})
			} else {
				all[len(all)-1].output = append(all[len(all)-1].output, line)
			}
		}
	}
	if len(all) < least {
		t.Fatalf("%s has %d commands", page, len(all))
	}
	printed := typeAll(t, all, freePort(t, port))
	for i, c := range all {
		got := strings.Split(strings.TrimSuffix(printed[i], "\n"), "\n")
		if printed[i] == "" {
			got = nil
		}
		if !matches(got, c.output) {
			t.Errorf("$ %s\n%s says:\n%s\nit printed:\n%s", c.command, page, strings.Join(c.output, "\n"), printed[i])
		}
	}
}

// typeAll runs the commands in one bash, as a person would, and returns what each printed. The
// target listens on another port of as many digits, so that lines break at the same places.
func typeAll(t *testing.T, commands []typed, port string) []string {
	t.Helper()
	const mark = "\x1e"
	var script strings.Builder
	script.WriteString("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n")
	for _, c := range commands {
		fmt.Fprintf(&script, "%s\n", strings.ReplaceAll(c.command, ":8080", port))
		script.WriteString("code=$?\n")
		if strings.HasSuffix(c.command, "&") {
			fmt.Fprintf(&script, "for i in $(seq 600); do (: </dev/tcp/127.0.0.1/%s) 2>/dev/null && break; sleep 0.1; done; sleep 0.3\n", port[1:])
		}
		fmt.Fprintf(&script, "printf '%s'; (exit $code)\n", mark)
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script.String())
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + filepath.Dir(program(t)) + ":" + os.Getenv("PATH"), "HOME=" + dir, "NO_COLOR=1", "CI=true", "SCIMDRILL_LISTEN=127.0.0.1" + port}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Logf("the shell ended with: %v", err)
	}
	printed := strings.Split(strings.ReplaceAll(string(out), port, ":8080"), mark)
	if len(printed) <= len(commands) {
		t.Fatalf("the shell stopped after %d of %d commands:\n%s", len(printed)-1, len(commands), out)
	}
	return printed
}

// freePort is ":" and a port of four digits on which nobody listens, the highest one or one below.
func freePort(t *testing.T, highest int) string {
	t.Helper()
	for port := highest - os.Getpid()%2000; port > 2000; port-- {
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = l.Close()
			return fmt.Sprintf(":%d", port)
		}
	}
	t.Fatal("no port of four digits is free")
	return ""
}

// matches compares lines with a pattern: a line that is only … stands for any lines, and …
// inside a line for anything.
func matches(got, pattern []string) bool {
	if len(pattern) == 0 {
		return len(got) == 0
	}
	if pattern[0] == "…" {
		for i := range len(got) + 1 {
			if matches(got[i:], pattern[1:]) {
				return true
			}
		}
		return false
	}
	if len(got) == 0 {
		return false
	}
	line := strings.ReplaceAll(regexp.QuoteMeta(pattern[0]), "…", ".*")
	return regexp.MustCompile("^"+line+"$").MatchString(strings.TrimRight(got[0], " ")) && matches(got[1:], pattern[1:])
}
