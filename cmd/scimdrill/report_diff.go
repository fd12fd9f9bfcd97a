package main

import (
	"errors"
	"io/fs"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
)

type reportDiff struct {
	Old    string `arg:"" help:"Earlier report.json, or the output folder (--out) of its run."`
	New    string `arg:"" help:"Later report.json, or the output folder of its run."`
	Format string `help:"Output format: text or markdown (for a pull request)." enum:"text,markdown" default:"text"`
}

// Help is the example of --help.
func (reportDiff) Help() string {
	return `Lists what is worse, new, better and gone, by check and by cause. A known finding never makes a run
worse. The exit code is 1 if anything is worse or there is a new finding, and 0 otherwise.

Example:

    scimdrill report diff main/scimdrill-out scimdrill-out --format markdown`
}

// Run compares and prints.
func (c *reportDiff) Run(a *console.Console) error {
	var read [2]*reports.Report
	for i, path := range []string{c.Old, c.New} {
		r, err := reports.Read(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return exit.Usage("pass the --out folder of a run of conform or demo", "report.json not found in %s", path)
		case err != nil:
			return exit.Usage("", "%w", err)
		case r.Conformance == nil:
			return exit.Usage("pass the report of a run of conform or demo", "the report in %s has no checks", path)
		}
		read[i] = r
	}
	difference := reports.Compare(read[0], read[1])
	write := func() error { return difference.WriteText(a.Stdout, a.TextOptions()) }
	if c.Format == "markdown" {
		write = func() error { return difference.WriteMarkdown(a.Stdout) }
	}
	if err := write(); err != nil {
		return exit.Unwritten(err)
	}
	if difference.Worse() {
		return exit.Unmet()
	}
	return nil
}
