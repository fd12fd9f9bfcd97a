package main

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// TestFilesArePrivate runs the commands that write people and secrets, and then looks at the modes of
// files and folders (F11), also where an older version left files that others could read.
func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("this system has no permission bits")
	}
	served, err := target.New(target.Options{Seed: 1, Token: "t", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(served)
	defer server.Close()
	address := server.URL
	dir := t.TempDir()
	state, old := filepath.Join(dir, "made", "state"), filepath.Join(dir, "made", "simulate")
	env := map[string]string{"SCIMDRILL_TOKEN": "t"}
	all := []string{"--target", address, "--seed", "7", "--out"}
	simulate := append([]string{
		"simulate", "--generate", "users=3,groups=1", "--cycles", "1", "--state", state, "--transcript", "all", "--format", "text,json,junit,html,markdown",
	}, append(all, old)...)
	conform := append([]string{"conform", "--check", "USR-001", "--keep"}, append(all, filepath.Join(dir, "made", "conform"))...)
	plan := append([]string{"simulate", "--plan", "--state", state}, append(all, filepath.Join(dir, "made", "plan"))...)
	invocation{env: env}.run(t, simulate...).want(t, 0)
	if err := filepath.WalkDir(filepath.Join(dir, "made"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			err = os.Chmod(path, 0o644) //nolint:gosec // as an older version left it
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	invocation{env: env}.run(t, simulate...).want(t, 0)
	invocation{env: env}.run(t, conform...)
	invocation{env: env}.run(t, plan...).want(t, 0)
	invocation{}.run(t, "report", "render", old, "--share", "--format", "html,json", "--out", filepath.Join(dir, "made", "shared")).want(t, 0)
	files := 0
	if err := filepath.WalkDir(filepath.Join(dir, "made"), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && d.Name() != "lock" && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		files++
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if files < 25 {
		t.Errorf("only %d files and folders were made", files)
	}
}
