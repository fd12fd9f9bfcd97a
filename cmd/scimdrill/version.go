package main

import (
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Help is the example of --help.
func (versionCommand) Help() string { return "Example:\n\n    scimdrill version" }

// Run prints what this binary is.
func (versionCommand) Run(a *app) error {
	a.print("scimdrill %s", version)
	a.print("commit %s", commit())
	a.print("go %s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// commit is what the Go tool stamped into the binary.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "unknown", ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				dirty = " (modified)"
			}
		}
	}
	return revision + dirty
}
