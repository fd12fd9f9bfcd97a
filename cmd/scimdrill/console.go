package main

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// console is how a command meets the world: its process, what it says, and how far it is.
type console struct {
	process

	tool   reports.Tool
	line   *commandLine
	redact *exchange.Redactor // of the last opened endpoint
	sent   atomic.Int64       // requests so far
	bar    *progress          // of the run under way, or nil
	saying sync.Mutex         // one line at a time: servers speak from goroutines of their own
}

// newConsole is a console that has nothing to redact yet.
func newConsole(p process, tool reports.Tool) *console {
	return &console{process: p, tool: tool, redact: exchange.NewRedactor()}
}

// say prints a line for people.
func (a *console) say(format string, args ...any) {
	if a.bar != nil {
		a.bar.line(fmt.Sprintf(format, args...))
		return
	}
	a.saying.Lock()
	defer a.saying.Unlock()
	_, _ = fmt.Fprintf(a.stderr, format+"\n", args...)
}

// print prints a line of data.
func (a *console) print(format string, args ...any) {
	_, _ = fmt.Fprintf(a.stdout, format+"\n", args...)
}

// explain prints an error once: what happened, then what to do.
func (a *console) explain(err error) {
	_, _ = fmt.Fprint(a.stderr, a.foldedError(a.redact.Text(errorText(err))))
}

// foldedError breaks the sentences of an error at the width of a terminal, and leaves alone
// what is drawn below them: an expression with its caret.
func (p *process) foldedError(text string) string {
	if !p.errTerminal {
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

// textOptions are what stdout can show.
func (a *console) textOptions() reports.TextOptions {
	o := reports.TextOptions{Color: a.colour(a.outTerminal), ASCII: a.dumb()}
	if a.outTerminal && a.outColumns != nil {
		o.Columns = a.outColumns()
	}
	return o
}
