package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// process is all that the command line touches outside itself. Tests bring their own.
type process struct {
	args   []string // without the name of the program
	getenv func(string) (string, bool)
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	// outTerminal and errTerminal say that a person reads the stream.
	outTerminal, errTerminal bool
	// outColumns and errColumns are how wide they are; nil is 80.
	outColumns, errColumns func() int
	now                    func() time.Time
	random                 func() uint64
	// dial opens connections; nil is the net's.
	dial func(ctx context.Context, network, address string) (net.Conn, error)
	// signals gives a context that ends when the process is asked to stop.
	signals func(context.Context) (context.Context, context.CancelFunc)
}

func thisProcess() process {
	return process{
		args: os.Args[1:], getenv: os.LookupEnv,
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		outTerminal: term.IsTerminal(int(os.Stdout.Fd())), errTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		outColumns: columnsOf(os.Stdout), errColumns: columnsOf(os.Stderr),
		now: time.Now, random: randomSeed, signals: interruptible,
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
func (p *process) errWidth() int {
	if p.errColumns == nil {
		return layout.Columns - 1
	}
	return p.errColumns() - 1
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
func (p *process) colour(terminal bool) bool {
	if value, ok := p.getenv("NO_COLOR"); ok && value != "" {
		return false
	}
	return terminal && !p.dumb()
}

// dumb reports whether the terminal can do no more than print lines of ASCII.
func (p *process) dumb() bool {
	value, _ := p.getenv("TERM")
	return value == "dumb"
}

// live reports whether a line may be drawn over itself: for a person at a terminal, not
// for a log that is read later.
func (p *process) live() bool {
	ci, _ := p.getenv("CI")
	return p.errTerminal && !p.dumb() && (ci == "" || ci == "false" || ci == "0")
}
