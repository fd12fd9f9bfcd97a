package console

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// Process is all that the command line touches outside itself. Tests bring their own.
type Process struct {
	Args   []string // without the name of the program
	Getenv func(string) (string, bool)
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
	// InTerminal says that a person types, and OutTerminal and ErrTerminal that one reads the stream.
	InTerminal, OutTerminal, ErrTerminal bool
	// OutColumns and errColumns are how wide they are; nil is 80.
	OutColumns, ErrColumns func() int
	Now                    func() time.Time
	Random                 func() uint64
	// Dial opens connections; nil is the net's.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Lookup finds the addresses of a host; nil is the net's.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// Signals gives a context that ends when the process is asked to stop.
	Signals func(context.Context) (context.Context, context.CancelFunc)
}

// This is the process that runs.
func This() Process {
	return Process{
		Args: os.Args[1:], Getenv: os.LookupEnv,
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		InTerminal: term.IsTerminal(int(os.Stdin.Fd())), OutTerminal: term.IsTerminal(int(os.Stdout.Fd())), ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		OutColumns: columnsOf(os.Stdout), ErrColumns: columnsOf(os.Stderr),
		Now: time.Now, Random: randomSeed, Signals: interruptible,
	}
}

// columnsOf asks the terminal each time: people resize windows.
func columnsOf(f *os.File) func() int {
	return func() int {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
		return 80
	}
}

// errWidth leaves the last column of stderr free: a line that fills it may wrap.
func (p *Process) errWidth() int {
	if p.ErrColumns == nil {
		return layout.Columns - 1
	}
	return p.ErrColumns() - 1
}

// randomSeed draws a seed that fits into JSON numbers without loss.
func randomSeed() uint64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return binary.LittleEndian.Uint64(b[:]) >> 12
}

// interruptible ends the context at the first SIGINT or SIGTERM; the second one ends
// the process as it would without us.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// colour reports whether a stream may carry colours.
func (p *Process) colour(terminal bool) bool {
	if value, ok := p.Getenv("NO_COLOR"); ok && value != "" {
		return false
	}
	return terminal && !p.dumb()
}

// dumb reports whether the terminal can do no more than print lines of ASCII.
func (p *Process) dumb() bool {
	value, _ := p.Getenv("TERM")
	return value == "dumb"
}

// live reports whether a line may be drawn over itself: for a person at a terminal, not
// for a log that is read later.
func (p *Process) live() bool {
	ci, _ := p.Getenv("CI")
	return p.ErrTerminal && !p.dumb() && (ci == "" || ci == "false" || ci == "0")
}
