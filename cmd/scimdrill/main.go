package main

import (
	"context"
	"os"
)

// Stamped by the build: -ldflags "-X main.version=v1.2.3 -X main.revision=0123abcd".
var (
	version  = "dev"
	revision = "" //nolint:gochecknoglobals // the linker writes to it
)

func main() {
	os.Exit(execute(context.Background(), thisProcess()))
}
