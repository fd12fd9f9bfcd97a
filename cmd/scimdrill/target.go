package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

type targetCommand struct {
	Listen      string   `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Defect      []string `help:"Defect to switch on; repeatable." placeholder:"ID"`
	ListDefects bool     `help:"List the defects, one a line."`
	Seed        *uint64  `help:"Fixes the ids that the target gives." placeholder:"N"`
}

// Help is the example of --help.
func (targetCommand) Help() string {
	return `Serves a correct SCIM 2.0 target in memory, or one with defects. Its first line on stdout is
the base URL; without SCIMDRILL_TOKEN it makes a token and prints it on the second line.
SIGINT and SIGTERM stop it.

Example:

    SCIMDRILL_TOKEN=secret scimdrill target --defect CAS-01`
}

// Run serves until it is told to stop.
func (c *targetCommand) Run(ctx context.Context, a *app) error {
	if c.ListDefects {
		for _, d := range target.Catalog() {
			a.print("%s  %s", d.ID, d.Title)
		}
		return nil
	}
	token, err := a.secret("", "", "SCIMDRILL_TOKEN")
	if err != nil {
		return err
	}
	made := token == ""
	if made {
		token = rand.Text()
	}
	seed := a.random()
	if c.Seed != nil {
		seed = *c.Seed
	}
	handler, err := target.New(target.Options{Seed: seed, Token: token, Defects: c.Defect, Now: a.now})
	if err != nil {
		return usage("", "%w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return &failure{code: listenCode(err), err: fmt.Errorf("listen: %w", err), hint: "is the port taken? --listen 127.0.0.1:0 takes a free one"}
	}
	a.print("http://%s", listener.Addr())
	if made {
		a.print("SCIMDRILL_TOKEN=%s", token)
	}
	a.say("serving with seed %d; Ctrl-C stops it", seed)
	return serve(ctx, listener, handler)
}

// listenCode tells a mistyped address from one that cannot be had.
func listenCode(err error) int {
	var address *net.AddrError
	var name *net.DNSError
	if errors.As(err, &address) || errors.As(err, &name) {
		return reports.ExitUsage
	}
	return reports.ExitBroken
}

// serve answers until the context ends, then lets requests under way finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return broken("", "serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		_ = server.Close() // requests that do not end are cut off
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return broken("", "serve: %w", err)
	}
	return stopped()
}
