package main

import (
	"context"
	"log"
	"os"
	"runtime/debug"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// Stamped by the build: -ldflags "-X main.version=v1.2.3 -X main.revision=0123abcd".
var (
	version  = "dev"
	revision = "" //nolint:gochecknoglobals // the linker writes to it
)

// memoryLimit is the size near which garbage is collected at once: what a hostile target sends is
// large, but not kept (S5). It is no bound for what is needed.
const memoryLimit = 320 << 20

func main() {
	noCoreDump()
	if os.Getenv("GOGC") == "" {
		// What lives long is small and in SQLite; collecting garbage less often saves a
		// tenth of the time and costs some 50 MB.
		debug.SetGCPercent(300)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	log.SetOutput(outside.NewGuard(os.Stderr, false)) // of packages that have no other way to complain (S6)
	os.Exit(execute(context.Background(), console.This()))
}
