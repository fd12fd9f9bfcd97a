package main

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

type targetCommand struct {
	Listen      string   `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	Defect      []string `help:"Defect to switch on; repeatable." placeholder:"ID"`
	ListDefects bool     `help:"List the defects, one a line."`
	BasicUser   string   `help:"Ask for this user name and the password in SCIMDRILL_BASIC_PASSWORD instead of a token." placeholder:"NAME"`
	Fault       []string `help:"Mishap that some requests meet, with its rate: 429, 500, reset-before, lost, reset-after or truncated; repeatable." placeholder:"KIND=RATE"`
	Seed        *uint64  `help:"Fixes the ids that the target gives, and which requests meet a fault." placeholder:"N"`
}

// Help is the example of --help.
func (targetCommand) Help() string {
	return `Serves a correct SCIM 2.0 target in memory, or one with defects. Its first line on stdout is
the base URL; without SCIMDRILL_TOKEN it makes a token and prints it on the second line.
SIGINT and SIGTERM stop it.

A fault depends on the seed, the method, the object and how often it was asked for, so that
a run meets the same ones with any --parallel:

    429           refused, with Retry-After      lost         done, and answered with 500
    500           refused                        reset-after  done, and the connection ends
    reset-before  the connection ends            truncated    done, and the body breaks off

Example:

    SCIMDRILL_TOKEN=secret scimdrill target --defect CAS-01 --fault 500=0.02 --fault lost=0.01 --seed 7`
}

// Run serves until it is told to stop.
func (c *targetCommand) Run(ctx context.Context, a *app) error {
	if c.ListDefects {
		for _, d := range target.Catalog() {
			a.print("%s  %s", d.ID, d.Title)
		}
		return nil
	}
	token, made, err := c.token(a)
	if err != nil {
		return err
	}
	password, err := a.secret("", "", "SCIMDRILL_BASIC_PASSWORD")
	if err != nil {
		return err
	}
	if c.BasicUser != "" && password == "" {
		return usage("set SCIMDRILL_BASIC_PASSWORD", "--basic-user needs a password")
	}
	seed := a.random()
	if c.Seed != nil {
		seed = *c.Seed
	}
	handler, err := c.handler(a, seed, token)
	if err != nil {
		return err
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
	if c.BasicUser != "" {
		return serve(ctx, listener, basic(handler, c.BasicUser, password, token))
	}
	return serve(ctx, listener, handler)
}

// handler is the target, behind the faults that were asked for.
func (c *targetCommand) handler(a *app, seed uint64, token string) (http.Handler, error) {
	handler, err := target.New(target.Options{Seed: seed, Token: token, Defects: c.Defect, Now: a.now})
	if err != nil {
		return nil, usage("", "%w", err)
	}
	if len(c.Fault) == 0 {
		return handler, nil
	}
	rates := map[fault.Kind]float64{}
	for _, text := range c.Fault {
		kind, rate, err := fault.Parse(text)
		if err != nil {
			return nil, usage("for example --fault 500=0.02", "--fault: %w", err)
		}
		rates[kind] = rate
	}
	faulty, err := fault.New(handler, fault.Options{Seed: seed, Rates: rates})
	if err != nil {
		return nil, usage("", "--fault: %w", err)
	}
	return faulty, nil
}

// token is the one that the target asks for, and whether it was made here and has to be printed.
func (c *targetCommand) token(a *app) (token string, made bool, err error) {
	if c.BasicUser != "" {
		return rand.Text(), false, nil
	}
	token, err = a.secret("", "", "SCIMDRILL_TOKEN")
	if err != nil || token != "" {
		return token, false, err
	}
	return rand.Text(), true, nil
}

// basic lets in who knows a name and a password, and nobody by token.
func basic(next http.Handler, user, password, token string) http.Handler {
	same := func(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		givenUser, givenPassword, ok := r.BasicAuth()
		r.Header.Del("Authorization")
		if ok && same(givenUser, user) && same(givenPassword, password) {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		next.ServeHTTP(w, r)
	})
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
