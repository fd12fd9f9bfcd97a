package console

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// Console is how a command meets the world: its process, what it says, and how far it is.
type Console struct {
	Process

	Tool   reports.Tool
	Line   *Line
	Redact *exchange.Redactor // of the last opened endpoint
	sent   atomic.Int64       // requests so far
	bar    *Progress          // of the run under way, or nil
	saying sync.Mutex         // one line at a time: servers speak from goroutines of their own
}

// New is a console that has nothing to redact yet.
func New(p Process, tool reports.Tool) *Console {
	return &Console{Process: p, Tool: tool, Redact: exchange.NewRedactor()}
}

// Command is what was typed, without flags: "scimdrill simulate".
func (con *Console) Command() string {
	if con.Line == nil {
		return "scimdrill"
	}
	return "scimdrill " + con.Line.Path()
}

// Say prints a line for people.
func (con *Console) Say(format string, args ...any) {
	if con.bar != nil {
		con.bar.Line(fmt.Sprintf(format, args...))
		return
	}
	con.saying.Lock()
	defer con.saying.Unlock()
	_, _ = fmt.Fprintf(con.Stderr, format+"\n", args...)
}

// Print prints a line of data.
func (con *Console) Print(format string, args ...any) {
	_, _ = fmt.Fprintf(con.Stdout, format+"\n", args...)
}

// Explain prints an error once: what happened, then what to do.
func (con *Console) Explain(err error) {
	_, _ = fmt.Fprint(con.Stderr, con.foldedError(con.Redact.Text(exit.Text(err))))
}

// foldedError breaks the sentences of an error at the width of a terminal, and leaves alone
// what is drawn below them: an expression with its caret.
func (p *Process) foldedError(text string) string {
	if !p.ErrTerminal {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "scimdrill: ") || strings.HasPrefix(line, "hint: ") {
			lines[i] = strings.Join(layout.Fold(line, max(p.errWidth(), 39), 2), "\n  ")
		}
	}
	return strings.Join(lines, "\n")
}

// TextOptions are what stdout can show.
func (con *Console) TextOptions() reports.TextOptions {
	o := reports.TextOptions{Color: con.colour(con.OutTerminal), ASCII: con.dumb()}
	if con.OutTerminal && con.OutColumns != nil {
		o.Columns = con.OutColumns()
	}
	return o
}
