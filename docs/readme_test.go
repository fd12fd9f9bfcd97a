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

const readme = "../README.md"

// TestReadmeIsShort measures the README: lines, and words in a sentence.
func TestReadmeIsShort(t *testing.T) {
	t.Parallel()
	text := read(t, readme)
	if lines := strings.Count(text, "\n"); lines > 120 {
		t.Errorf("README.md has %d lines, more than 120", lines)
	}
	for _, sentence := range sentences(text) {
		if words := len(strings.Fields(sentence)); words > 25 {
			t.Errorf("a sentence of README.md has %d words, more than 25: %s", words, sentence)
		}
	}
}

// sentences are those of the paragraphs and list items of a page, without code blocks.
func sentences(text string) []string {
	text = fenced.ReplaceAllString(text, "\n\n")
	text = regexp.MustCompile(`\]\([^)]*\)`).ReplaceAllString(text, "]")
	var out []string
	for _, paragraph := range regexp.MustCompile(`\n\s*\n|\n- |\n#+ `).Split(text, -1) {
		paragraph = strings.Join(strings.Fields(paragraph), " ")
		out = append(out, regexp.MustCompile(`[.?!] `).Split(paragraph, -1)...)
	}
	return out
}

// TestReadmeTargets finds the make targets of the README in the Makefile.
func TestReadmeTargets(t *testing.T) {
	t.Parallel()
	makefile := read(t, "../Makefile")
	for _, block := range blocks(read(t, readme), "sh") {
		for _, m := range regexp.MustCompile(`(?m)^make (\S+)`).FindAllStringSubmatch(block, -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("make %s is not a target of the Makefile", m[1])
			}
		}
	}
}

// typed is one command of the README and the output that it prints there.
type typed struct {
	command string
	output  []string
}

// TestReadmeCommands types the commands of the README in order, in one shell, and compares
// their output with what it prints there.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	var all []typed
	for _, block := range blocks(read(t, readme), "console") {
		for line := range strings.Lines(block) {
			line = strings.TrimSuffix(line, "\n")
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				all = append(all, typed{command: command})
			} else {
				all[len(all)-1].output = append(all[len(all)-1].output, line)
			}
		}
	}
	if len(all) < 8 {
		t.Fatalf("the README has %d commands", len(all))
	}
	printed := typeAll(t, all)
	for i, c := range all {
		got := strings.Split(strings.TrimSuffix(printed[i], "\n"), "\n")
		if printed[i] == "" {
			got = nil
		}
		if !matches(got, c.output) {
			t.Errorf("$ %s\nthe README says:\n%s\nit printed:\n%s", c.command, strings.Join(c.output, "\n"), printed[i])
		}
	}
}

// typeAll runs the commands in one bash, as a person would, and returns what each printed. The
// target listens on another port of as many digits, so that lines break at the same places.
func typeAll(t *testing.T, commands []typed) []string {
	t.Helper()
	const mark = "\x1e"
	port := freePort(t)
	var script strings.Builder
	script.WriteString("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n")
	for _, c := range commands {
		fmt.Fprintf(&script, "%s\n", strings.ReplaceAll(c.command, ":8080", port))
		if strings.HasSuffix(c.command, "&") {
			fmt.Fprintf(&script, "for i in $(seq 100); do (: </dev/tcp/127.0.0.1/%s) 2>/dev/null && break; sleep 0.1; done; sleep 0.3\n", port[1:])
		}
		fmt.Fprintf(&script, "printf '%s'\n", mark)
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

// freePort is ":" and a port of four digits on which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	for port := 9999 - os.Getpid()%3000; port > 2000; port-- {
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
