package console

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// Console is how a command meets the world: its process, what it says, and how far it is.
//
// Whatever a command prints is text from outside to it (S6). Its methods make each value visible
// in its line, and both streams are guarded: no command can print a control character.
type Console struct {
	Process

	Tool   reports.Tool
	Line   *Line
	Redact *exchange.Redactor // of the last opened endpoint
	Bound  *bound.Bound       // of the command; nil has none
	sent   atomic.Int64       // requests so far
	bar    *Progress          // of the run under way, or nil
	drawn  io.Writer          // stderr without its guard, for the line that is drawn over itself
	saying sync.Mutex         // one line at a time: servers speak from goroutines of their own
}

// New is a console that has nothing to redact yet. It puts guards in front of both streams.
func New(p Process, tool reports.Tool) *Console {
	con := &Console{Process: p, Tool: tool, Redact: exchange.NewRedactor(), drawn: p.Stderr}
	con.Stdout, con.Stderr = outside.NewGuard(p.Stdout, p.colour(p.OutTerminal)), outside.NewGuard(p.Stderr, false)
	return con
}

// Command is what was typed, without flags: "scimdrill simulate".
func (con *Console) Command() string {
	if con.Line == nil {
		return "scimdrill"
	}
	return "scimdrill " + con.Line.Path()
}

// Say prints a line for people, without secrets. Each argument stays in this line.
func (con *Console) Say(format string, args ...any) {
	text := fmt.Sprintf(format, outside.Args(args)...)
	if con.Redact != nil {
		text = con.Redact.Text(text)
	}
	if con.bar != nil {
		con.bar.Line(text)
		return
	}
	con.saying.Lock()
	defer con.saying.Unlock()
	_, _ = fmt.Fprintln(con.Stderr, text)
}

// Print prints a line of data. Each argument stays in this line.
func (con *Console) Print(format string, args ...any) {
	_, _ = fmt.Fprintf(con.Stdout, format+"\n", outside.Args(args)...)
}

// PrintLines prints a text of several lines, such as a document.
func (con *Console) PrintLines(text string) {
	_, _ = io.WriteString(con.Stdout, outside.Lines(strings.TrimSuffix(text, "\n"))+"\n")
}

// Explain prints an error once: what happened, then what to do.
func (con *Console) Explain(err error) {
	text := outside.Lines(con.Redact.Text(exit.Text(err)))
	_, _ = io.WriteString(con.Stderr, con.foldedError(text))
}

// foldedError breaks the sentences of an error at the width of a terminal, and leaves alone
// what is drawn below them: an expression with its caret. All other lines are indented, so that
// a line break from outside begins no line of ours.
func (p *Process) foldedError(text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range lines {
		ours := i == 0 || strings.HasPrefix(line, "hint: ")
		switch {
		case ours && p.ErrTerminal:
			lines[i] = strings.Join(layout.Fold(line, max(p.errWidth(), 39), 2), "\n  ")
		case !ours && line != "" && !strings.HasPrefix(line, "\t"):
			lines[i] = "  " + line
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TextOptions are what stdout can show.
func (con *Console) TextOptions() reports.TextOptions {
	o := reports.TextOptions{Color: con.colour(con.OutTerminal), ASCII: con.dumb()}
	if con.OutTerminal && con.OutColumns != nil {
		o.Columns = con.OutColumns()
	}
	return o
}
