package main

import (
	"io"
	"runtime"
	"runtime/debug"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/licenses"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

type versionCommand struct {
	Licenses bool `help:"Print the licences and notices of everything that this binary contains."`
	SBOM     bool `name:"sbom" help:"Print the bill of materials of this binary (SPDX, JSON)."`
}

// Help is the example of --help.
func (versionCommand) Help() string {
	return "Example:\n\n    scimdrill version\n    scimdrill version --licenses"
}

// Run prints what this binary is.
func (c versionCommand) Run(a *console.Console) error {
	switch {
	case c.Licenses:
		_, _ = io.WriteString(a.Stdout, licenses.Notices())
		return nil
	case c.SBOM:
		info, ok := debug.ReadBuildInfo()
		if !ok {
			return exit.Broken("build with Go modules", "this binary does not say what it contains")
		}
		return exit.Unwritten(licenses.WriteSPDX(a.Stdout, version, commit(), info))
	}
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
