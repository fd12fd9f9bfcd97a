package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// roleVariable tells this binary, started again, what to be.
const roleVariable = "SCIMDRILL_BENCH_ROLE"

func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := play(context.Background(), role); err != nil {
		fmt.Fprintln(os.Stderr, role+":", err)
		os.Exit(1)
	}
}

func play(ctx context.Context, role string) error {
	switch role {
	case "target":
		return serveNull(ctx)
	case "engine":
		return answer(ctx, runEngine)
	case "load":
		return answer(ctx, runLoad)
	case "bare":
		return answer(ctx, runBare)
	case "replay":
		return answer(ctx, runReplay)
	}
	return errors.New("there is no such role")
}

// answer reads what a process is to do from its standard input and writes what came of it.
func answer[In any](ctx context.Context, do func(context.Context, In) (measure, error)) error {
	var in In
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		return err
	}
	out, err := do(ctx, in)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// measure is what one process took for its work, start and end of the process left out.
type measure struct {
	Wall     time.Duration
	CPU      time.Duration // user and system
	MaxRSS   int64         // bytes, of the whole process
	Requests int64
	Dialled  int64
	Cycles   int
	// CycleCPU is the CPU time of a cycle after the first; opening the files is not in it.
	CycleCPU time.Duration
}

func (m measure) rate() float64 { return float64(m.Requests) / m.Wall.Seconds() }

// timed measures a piece of work in this process.
func timed(do func() error) (measure, error) {
	cpu, began := usage(), time.Now()
	err := do()
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return measure{Wall: time.Since(began), CPU: usage() - cpu, MaxRSS: r.Maxrss << 10}, err
}

func usage() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// child starts this binary again in a role and waits for what it measured.
func child(b *testing.B, role string, in any) measure {
	b.Helper()
	cmd := command(b, role)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	var out measure
	err = errors.Join(json.NewEncoder(stdin).Encode(in), stdin.Close(), json.NewDecoder(stdout).Decode(&out), cmd.Wait())
	if err != nil {
		b.Fatalf("%s: %v", role, err)
	}
	return out
}

func command(b *testing.B, role string) *exec.Cmd {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(b.Context(), self)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}
