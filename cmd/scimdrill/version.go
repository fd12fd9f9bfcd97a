package main

import (
	"debug/buildinfo"
	"io"
	"regexp"
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
	Licenses bool   `help:"Print the licences and notices of everything that this binary contains."`
	SBOM     bool   `name:"sbom" help:"Print the bill of materials of this binary (SPDX, JSON)."`
	Cyclone  bool   `name:"cyclonedx" help:"Print the bill of materials of this binary (CycloneDX, JSON)."`
	Of       string `help:"Binary whose bill of materials is printed, instead of this one." placeholder:"FILE"`
}

// Help is the example of --help.
func (versionCommand) Help() string {
	return "scimdrill connects to the target that it is given, and to nothing else. It sends no usage data and\n" +
		"never looks for updates.\n\nExample:\n\n    scimdrill version\n    scimdrill version --licenses"
}

// Run prints what this binary is.
func (c versionCommand) Run(a *console.Console) error {
	switch {
	case c.Licenses:
		_, _ = io.WriteString(a.Stdout, licenses.Notices())
		return nil
	case c.SBOM, c.Cyclone:
		return c.materials(a)
	case c.Of != "":
		return exit.Usage("add --sbom or --cyclonedx", "--of has no bill of materials to print")
	}
	a.Print("scimdrill %s", currentVersion())
	a.Print("commit %s", commit())
	a.Print("catalogue %d checks, evidence read %s", len(suites.Checks()), catalog.Read)
	a.Print("go %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// materials prints a bill of materials.
func (c versionCommand) materials(a *console.Console) error {
	write := licenses.WriteSPDX
	if c.Cyclone {
		write = licenses.WriteCycloneDX
	}
	if c.Of != "" {
		info, err := buildinfo.ReadFile(c.Of)
		if err != nil {
			return exit.Usage("pass a program that Go built with modules", "--of: %w", err)
		}
		v, revision := info.Main.Version, revisionOf(info)
		if !isRelease(v) { // a snapshot of the same source
			v, revision = currentVersion(), commit()
		}
		return exit.Unwritten(write(a.Stdout, v, revision, info))
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return exit.Broken("build with Go modules", "this binary does not say what it contains")
	}
	return exit.Unwritten(write(a.Stdout, currentVersion(), commit(), info))
}

// currentVersion is what make stamped into the binary, or the release that `go install` built.
func currentVersion() string {
	if info, ok := debug.ReadBuildInfo(); version == "dev" && ok && isRelease(info.Main.Version) {
		return info.Main.Version
	}
	return version
}

// isRelease reports whether a version is that of a release.
func isRelease(version string) bool {
	return regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(version)
}

// thisTool names this binary in the files that it writes.
func thisTool() reports.Tool {
	return reports.Tool{Name: "scimdrill", Version: currentVersion(), Commit: commit(), Go: runtime.Version()}
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
	return revisionOf(info)
}

// revisionOf is the commit that the Go tool stamped into a binary.
func revisionOf(info *debug.BuildInfo) string {
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "unknown"
}
