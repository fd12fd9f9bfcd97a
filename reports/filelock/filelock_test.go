package filelock_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/filelock"
)

const name, command = "run.lock", "scimdrill simulate"

func folder(t *testing.T, dir string) *filelock.Lock {
	t.Helper()
	l, err := filelock.Folder(dir, name, command)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Release() })
	return l
}

// wantInUse checks that an error names the process that holds the lock.
func wantInUse(t *testing.T, err error, pid int) {
	t.Helper()
	var held *filelock.InUse
	want := fmt.Sprintf(`is in use by process %d \(%s, since \d\d:\d\d:\d\d on \d+ \w+\)$`, pid, command)
	if !errors.As(err, &held) || !regexp.MustCompile(want).MatchString(err.Error()) {
		t.Errorf("error = %v, want %s", err, want)
	}
}

// S2: every path to one folder is one lock.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	l := folder(t, dir)
	t.Chdir(filepath.Dir(dir))
	for _, path := range []string{dir, link, filepath.Base(dir), dir + "/.", link + "/../link"} {
		_, err := filelock.Folder(path, name, "scimdrill conform")
		wantInUse(t, err, os.Getpid())
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("a released lock leaves %v, %v", left, err)
	}
	if err := folder(t, link).Release(); err != nil {
		t.Error(err)
	}
}

// S2: every path to one file is one lock, also before the file exists.
func TestFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, link, chain := filepath.Join(dir, "people.data"), filepath.Join(dir, "link"), filepath.Join(t.TempDir(), "chain")
	for from, to := range map[string]string{link: "people.data", chain: link} {
		if err := os.Symlink(to, from); err != nil {
			t.Fatal(err)
		}
	}
	for _, exists := range []bool{false, true} {
		if exists {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, first := range []string{path, link, chain} {
			l, err := filelock.File(first, command)
			if err != nil {
				t.Fatal(err)
			}
			for _, second := range []string{path, link, chain} {
				_, err := filelock.File(second, "scimdrill target")
				wantInUse(t, err, os.Getpid())
			}
			if err := l.Release(); err != nil {
				t.Fatal(err)
			}
		}
	}
	loop := filepath.Join(dir, "loop")
	if err := os.Symlink("loop", loop); err != nil {
		t.Fatal(err)
	}
	if _, err := filelock.File(loop, command); err == nil {
		t.Error("a link to itself was locked")
	}
}

// A folder that cannot be written, or does not exist, is no lock of somebody else.
func TestUnlockable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	paths := []string{filepath.Join(dir, "missing")}
	if os.Getuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, dir)
	}
	for _, path := range paths {
		_, err := filelock.Folder(path, name, command)
		if err == nil || errors.As(err, new(*filelock.InUse)) || !strings.Contains(err.Error(), "hint: check that the folder exists and is writable") {
			t.Errorf("%s: error = %v", path, err)
		}
	}
}

// S1, S2: the lock of a killed process is free again, whatever it left in the lock file.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestChild$")
	child.Env = append(os.Environ(), "FILELOCK_CHILD="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "locked\n" {
		t.Fatalf("child: %q, %v", line, err)
	}
	_, err = filelock.Folder(dir, name, command)
	wantInUse(t, err, child.Process.Pid)
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
	if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
		t.Fatalf("the killed process left no lock file: %v", err)
	}
	folder(t, dir)
}

// TestChild is the process that TestKilled kills.
func TestChild(t *testing.T) {
	dir := os.Getenv("FILELOCK_CHILD")
	if dir == "" {
		t.Skip("only for TestKilled")
	}
	folder(t, dir)
	fmt.Println("locked")
	select {}
}

// One of many holds the lock at any time, also while others release it.
func TestRace(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	inside := make(chan struct{}, 1)
	done := make(chan struct{})
	for range 4 {
		go func() {
			defer func() { done <- struct{}{} }()
			for got := 0; got < 100; {
				l, err := filelock.Folder(dir, name, command)
				if errors.As(err, new(*filelock.InUse)) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				select {
				case inside <- struct{}{}:
				default:
					t.Error("two hold the lock")
				}
				got++
				<-inside
				if err := l.Release(); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	for range 4 {
		<-done
	}
}
