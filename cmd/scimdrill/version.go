package main

import (
	"runtime"
	"runtime/debug"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

type versionCommand struct{}

// Help is the example of --help.
func (versionCommand) Help() string { return "Example:\n\n    scimdrill version" }

// Run prints what this binary is.
func (versionCommand) Run(a *console.Console) error {
	a.Print("scimdrill %s", version)
	a.Print("commit %s", commit())
	a.Print("catalogue %d checks, evidence read %s", len(suites.Checks()), catalog.Read)
	a.Print("go %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// thisTool names this binary in the files that it writes.
func thisTool() reports.Tool {
	return reports.Tool{Name: "scimdrill", Version: version, Commit: commit(), Go: runtime.Version()}
}

// commit is what make stamped into the binary, or the Go tool.
func commit() string {
	if revision != "" {
		return revision
	}
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "unknown"
}
