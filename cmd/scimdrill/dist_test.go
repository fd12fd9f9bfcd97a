package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/licenses"
)

// distFolder is the folder of a release that `make release-snapshot` built.
func distFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("SCIMDRILL_DIST")
	if dir == "" {
		t.Skip("`make release-snapshot` builds what this looks into")
	}
	return dir
}

// distFiles lists what an archive contains, and returns the bytes of one file.
func distFiles(t *testing.T, path, wanted string) (names []string, found []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	add := func(name string, r io.Reader) {
		names = append(names, name)
		if name == wanted {
			if found, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if strings.HasSuffix(path, ".zip") {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			add(f.Name, r)
			_ = r.Close() // it was read
		}
		return names, found
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return names, found
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Uname != "root" || h.Mode&0o022 != 0 {
			t.Errorf("%s: %s belongs to %s (%d) with mode %o", filepath.Base(path), h.Name, h.Uname, h.Uid, h.Mode)
		}
		add(h.Name, r)
	}
}

// Each archive has the binary, completions, manual, licence and notices, and its checksum is listed.
func TestDistArchives(t *testing.T) {
	dir := distFolder(t)
	sums, err := os.ReadFile(filepath.Join(dir, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", sums)
	archives := 0
	for _, path := range append(glob(t, dir, "scimdrill_*.tar.gz"), glob(t, dir, "scimdrill_*.zip")...) {
		archives++
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(data); !strings.Contains(string(sums), hex.EncodeToString(sum[:])+"  "+filepath.Base(path)) {
			t.Errorf("checksums.txt lacks %s", path)
		}
		names, notices := distFiles(t, path, "notices.txt")
		t.Logf("%s (%d KiB): %s", filepath.Base(path), len(data)>>10, strings.Join(names, " "))
		binary := "scimdrill"
		if strings.HasSuffix(path, ".zip") {
			binary += ".exe"
		}
		for _, name := range []string{
			binary, "LICENSE", "NOTICE", "README.md", "CHANGELOG.md", "notices.txt", "man/scimdrill.1",
			"completions/scimdrill.bash", "completions/_scimdrill", "completions/scimdrill.fish", "completions/scimdrill.ps1",
		} {
			if !slices.Contains(names, name) {
				t.Errorf("%s lacks %s", path, name)
			}
		}
		if string(notices) != licenses.Notices() {
			t.Errorf("the notices of %s are not those of what is linked", path)
		}
	}
	if archives != 6 {
		t.Errorf("%d archives, want 6", archives)
	}
	if got := len(glob(t, dir, "*.spdx.json")) + len(glob(t, dir, "*.cdx.json")); got != 12 {
		t.Errorf("%d bills of materials, want 12", got)
	}
	for _, path := range append(glob(t, dir, "*.spdx.json"), glob(t, dir, "*.cdx.json")...) {
		if data, err := os.ReadFile(path); err != nil || !json.Valid(data) || !strings.Contains(string(data), "modernc.org/sqlite") {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, manifest := range []string{"homebrew/Casks/scimdrill.rb", "winget/manifests/s/scimdrill/scimdrill/*/scimdrill.scimdrill.installer.yaml"} {
		if len(glob(t, dir, manifest)) != 1 {
			t.Errorf("%s was not made", manifest)
		}
	}
}

func glob(t *testing.T, dir, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The install lines of the README are typed in a folder with nothing but the archive, and with
// nothing in the environment. The program runs there.
func TestDistRuns(t *testing.T) {
	dir := distFolder(t)
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	section := regexp.MustCompile("(?s)## Install\n.*?```sh\n(.*?)```").FindSubmatch(readme)
	if section == nil {
		t.Fatal("the README has no install lines")
	}
	work := t.TempDir()
	archive := glob(t, dir, "scimdrill_*_linux_amd64.tar.gz")[0]
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	writeTest(t, filepath.Join(work, regexp.MustCompile(`scimdrill_\S+_linux_amd64.tar.gz`).FindString(string(section[1]))), string(data))
	script := "set -eux\n" + string(section[1]) + "ls\nscimdrill version\nscimdrill demo --seed 7 --out out | tail -n 12\nls out\n"
	cmd := exec.CommandContext(t.Context(), "env", "-i", "PATH=/usr/bin:/bin", "HOME="+work, "sh", "-c", script)
	cmd.Dir = work
	out, err := cmd.CombinedOutput()
	t.Logf("\n%s", out)
	if err != nil || !strings.Contains(string(out), "scimdrill v") || !strings.Contains(string(out), "report.html") {
		t.Errorf("%v", err)
	}
	for _, path := range glob(t, dir, "*/scimdrill*") {
		kind, err := exec.CommandContext(t.Context(), "file", "-b", path).Output()
		t.Logf("%s: %.120s %v", path, strings.TrimSpace(string(kind)), err)
	}
}

// TestReleaseFiles finds each file that .goreleaser.yaml and the container name.
func TestReleaseFiles(t *testing.T) {
	t.Parallel()
	config, err := os.ReadFile("../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)(?:src: |dockerfile: |bash |args: \[\.\./)([\w./-]+[\w*]),?`).FindAllStringSubmatch(string(config), -1) {
		if strings.HasPrefix(m[1], "release-files/") {
			continue // .ci/release-files makes them
		}
		if _, err := os.Stat(filepath.Join("..", "..", m[1])); err != nil {
			t.Errorf(".goreleaser.yaml names %s: %v", m[1], err)
		}
	}
	container, err := os.ReadFile("../../.ci/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"\nFROM scratch\n", "\nUSER 65532:65532\n"} {
		if !strings.Contains(string(container), line) {
			t.Errorf("the container lacks %q", line)
		}
	}
	if strings.Count(string(container), "FROM ") != 1 {
		t.Error("the container has another base")
	}
}
