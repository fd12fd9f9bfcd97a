package docs_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	buildDir string // made by TestMain
	update   = flag.Bool("update", false, "rewrite the pages that are made from the program")
	binary   = sync.OnceValues(buildBinary) // the program, built once for all tests
)

// TestMain makes the folder of the program and removes it at the end.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "scimdrill-docs")
	if err != nil {
		panic(err)
	}
	buildDir = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// buildBinary builds the program as make does.
func buildBinary() (string, error) {
	path := filepath.Join(buildDir, "scimdrill")
	build := exec.Command("go", "build", "-o", path, "../cmd/scimdrill")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	build.Stderr = os.Stderr
	return path, build.Run()
}

// program is the path of the built program.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program, which takes longer than a short run should")
	}
	path, err := binary()
	if err != nil {
		t.Fatalf("build the program: %v", err)
	}
	return path
}

// run runs the program in a folder and returns what it prints; it must end with code.
func run(t *testing.T, dir string, code int, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program(t), args...)
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "NO_COLOR=1", "CI=true", "SCIMDRILL_TOKEN=secret"}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
		t.Fatalf("scimdrill %s: want exit code %d, got %v\n%s", strings.Join(args, " "), code, err, out)
	}
	return string(out)
}

// hold compares a page with what the program says, or writes it with -update.
func hold(t *testing.T, page, want string) {
	t.Helper()
	if *update {
		write(t, page, want)
	}
	if diff := cmp.Diff(want, read(t, page)); diff != "" {
		t.Errorf("docs/%s is not what the program says; run `make golden` (-program +page):\n%s", page, diff)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // a page of the repository
		t.Fatal(err)
	}
}

// blocks returns the fenced blocks of a language on a page.
func blocks(page, language string) []string {
	var out []string
	for _, part := range strings.Split("\n"+page, "\n```"+language+"\n")[1:] {
		text, _, _ := strings.Cut(part, "\n```")
		out = append(out, text+"\n")
	}
	return out
}
