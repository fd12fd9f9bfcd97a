package main

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

type reportCommand struct {
	Render reportRender `cmd:"" help:"Render a saved run in other formats."`
	Diff   reportDiff   `cmd:"" help:"Compare two saved runs."`
	Merge  reportMerge  `cmd:"" help:"Make one report of the shards of a replay."`
}

type reportRender struct {
	Dir    string   `arg:"" help:"Output folder (--out) of the run."`
	Format []string `help:"Formats: text, json, junit, html, markdown, sarif, codequality, badge." default:"text" placeholder:"FORMAT"`
	Out    string   `help:"Folder for the files (default: the folder of the run). The format text goes to stdout if it is the only one." placeholder:"DIR"`
	Share  bool     `help:"Write a report that can be shared: replace people and hosts by pseudonyms, and omit values and bodies."`
}

// Help is the example of --help.
func (reportRender) Help() string {
	return `With --share, the files go to the folder "shared" inside the run, unless --out is set.

Example:

    scimdrill report render scimdrill-out --format html,junit
    scimdrill report render scimdrill-out --share --format html,markdown`
}

// Run reads report.json and writes the formats.
func (c *reportRender) Run(a *console.Console) error {
	path := filepath.Join(c.Dir, runs.ReportName)
	r, err := reports.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return exit.Usage("pass the --out folder of a run of conform, simulate or demo", "%s not found in %s", runs.ReportName, c.Dir)
	}
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	out := c.Out
	if c.Share {
		r = r.Share(throwaway())
		if out != "" && sameFolder(out, c.Dir) {
			return exit.Usage("omit --out, or choose another folder", "--share would replace the report of the run in %s", c.Dir)
		}
	}
	if out == "" {
		if strings.Join(c.Format, ",") == "text" {
			return exit.Unwritten(reports.WriteText(a.Stdout, r, a.TextOptions()))
		}
		out = c.Dir
		if c.Share {
			out = filepath.Join(c.Dir, "shared")
		}
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	lock, err := runs.Lock(a, out)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }() // a lock file that stays is nobody's
	if err := reports.WriteDir(out, r, c.Format); err != nil {
		return exit.Unwritten(err)
	}
	sayWritten(a, out, c.Format)
	return nil
}

// throwaway makes the key of one shared report. It is stored nowhere, so nobody can test
// guesses of names.
func throwaway() (key [32]byte) {
	_, _ = rand.Read(key[:]) // never fails
	return key
}

// sameFolder says whether two paths lead to one folder.
func sameFolder(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// checkFormats refuses an unknown format before anything is done.
func checkFormats(names []string) error {
	var known []string
	for _, f := range reports.Formats() {
		known = append(known, f.Name)
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return exit.Usage("", "%w", nearest.Unknown("report format", name, known, ""))
		}
	}
	return nil
}

// sayWritten names the files of a folder.
func sayWritten(a *console.Console, dir string, formats []string) {
	for _, f := range reports.Formats() {
		for _, name := range formats {
			if f.Name == name {
				a.Say("%s", filepath.Join(dir, f.File))
			}
		}
	}
}
