package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// The bounds of S5, for each command and each answer: time beyond --timeout-total, resident
// memory, and what is written to disk and terminal.
const (
	hostileGrace  = 20 * time.Second
	hostileMiB    = 500
	hostileDisk   = 80 << 20
	hostileOutput = 1 << 20
)

// hostileCell is what came of one command on one kind, seen from outside.
type hostileCell struct {
	kind, command string
	took          time.Duration
	mib, code     int
	line          string
}

// TestHostile lets every command meet every kind of hostile answer (S5), as child processes whose
// time and memory are measured. `make hostile` runs all of them; otherwise it is a sample.
func TestHostile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the unit of the resident size differs elsewhere")
	}
	limits, all := hostileLimits{each: "1s", total: 3 * time.Second}, os.Getenv("SCIMDRILL_HOSTILE") != ""
	switch {
	case all:
		limits = hostileLimits{each: "3s", total: 20 * time.Second}
	case testing.Short():
		t.Skip("takes longer than a short run should")
	}
	var mu sync.Mutex
	var cells []hostileCell
	t.Cleanup(func() { showHostile(t, cells) })
	for _, kind := range hostileKinds() {
		for _, command := range hostileCommands() {
			if !all && !sampled(kind, command.name) || kind.tls && command.prepare != nil {
				continue
			}
			t.Run(kind.title()+"/"+command.name, func(t *testing.T) {
				t.Parallel()
				cell := command.meet(t, kind, limits)
				mu.Lock()
				defer mu.Unlock()
				cells = append(cells, cell)
			})
		}
	}
}

func (k hostileKind) title() string { return strings.TrimSpace(k.name + " " + string(k.on)) }

// sampled are the cells of every test run: one for each finding of the first trial.
func sampled(k hostileKind, command string) bool {
	return slices.Contains([]string{
		"hang writes/conform", "429 after 20/conform", "80,000 header fields writes/conform", "8 MB of keys lists/conform", "1 MB detail writes/conform",
		"hang writes/simulate", "body drips lists/cleanup", "gzip bomb/connect",
	}, k.title()+"/"+command)
}

type hostileLimits struct {
	each  string
	total time.Duration
}

// meet runs the command and looks at its bounds.
func (c hostileCommand) meet(t *testing.T, kind hostileKind, limits hostileLimits) hostileCell {
	t.Helper()
	s := newHostileServer(t, kind)
	dir := t.TempDir()
	if c.prepare != nil {
		c.prepare(t, s, dir)
	}
	s.armed.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), limits.total+2*hostileGrace)
	defer cancel()
	cmd := child(ctx, t, append(c.args(s, dir), c.bounds(limits)...)...)
	var out bytes.Buffer
	cmd.Stderr = &out
	cmd.Env = append(cmd.Env, c.env...)
	began := time.Now()
	var peak atomic.Int64
	c.run(t, cmd, &out, func(pid int) { go watchMemory(ctx, pid, &peak) })
	cancel()
	cell := hostileCell{kind: kind.title(), command: c.name, took: time.Since(began), code: cmd.ProcessState.ExitCode(), line: said(out.String())}
	cell.mib = int(peak.Load() >> 10)
	switch {
	case cell.took > limits.total+hostileGrace:
		t.Errorf("took %s", cell.took)
	case cell.mib > hostileMiB:
		t.Errorf("took %d MiB", cell.mib)
	case strings.Contains(out.String(), "goroutine ") || !slices.Contains([]int{reports.ExitOK, reports.ExitFailed, reports.ExitBroken}, cell.code):
		t.Errorf("exit code %d\n%.3000s", cell.code, out.String())
	case out.Len() > hostileOutput:
		t.Errorf("%d bytes of output", out.Len())
	}
	if n := diskUsage(t, dir); n > hostileDisk {
		t.Errorf("%d MiB on disk", n>>20)
	}
	return cell
}

// child is this program as a process of its own: TestMain runs it under that name.
func child(ctx context.Context, t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, exe)
	cmd.Args = append([]string{"scimdrill"}, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "SCIMDRILL_TOKEN="+testToken, "NO_COLOR=1")
	return cmd
}

// watchMemory follows the largest resident size of a process, in KiB. The usage that wait reports
// is no less than that of the parent at the fork.
func watchMemory(ctx context.Context, pid int, peak *atomic.Int64) {
	for ctx.Err() == nil {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return
		}
		_, rest, _ := strings.Cut(string(text), "VmHWM:")
		if fields := strings.Fields(rest); len(fields) > 0 {
			n, _ := strconv.ParseInt(fields[0], 10, 64)
			peak.Store(max(peak.Load(), n))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// said is the sentence that a person reads last, or the first line.
func said(text string) string {
	first := ""
	for line := range strings.SplitSeq(text, "\n") {
		if rest, ok := strings.CutPrefix(line, "scimdrill: "); ok {
			return rest
		}
		if first == "" {
			first = line
		}
	}
	return first
}

func diskUsage(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return n
}

// showHostile prints the table, and the worst ten by time and by memory.
func showHostile(t *testing.T, cells []hostileCell) {
	t.Helper()
	if len(cells) < 10 {
		return
	}
	show := func(title string, list []hostileCell) {
		var b strings.Builder
		for _, c := range list {
			fmt.Fprintf(&b, "%-36s %-10s %6.1f s %5d MiB  exit %d  %.110s\n", c.kind, c.command, c.took.Seconds(), c.mib, c.code, c.line)
		}
		t.Logf("%s\n%s", title, b.String())
	}
	slices.SortFunc(cells, func(a, b hostileCell) int { return strings.Compare(a.kind+a.command, b.kind+b.command) })
	show("all", cells)
	slices.SortStableFunc(cells, func(a, b hostileCell) int { return int(b.took - a.took) })
	show("slowest", cells[:10])
	slices.SortStableFunc(cells, func(a, b hostileCell) int { return b.mib - a.mib })
	show("largest", cells[:10])
}
