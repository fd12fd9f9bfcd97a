package main

import (
	"context"
	"os"
)

// version is stamped by the build: -ldflags "-X main.version=v1.2.3".
var version = "dev"

func main() {
	os.Exit(execute(context.Background(), thisProcess()))
}
