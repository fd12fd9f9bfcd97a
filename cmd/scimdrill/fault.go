package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/faultproxy"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/targets"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

type faultCommand struct {
	serve.DoorFlags
	endpoint.ForwardFlags

	Fault      []string `help:"Fault that affects some requests from the start, such as 500=0.02 or latency=0.1:200ms; repeatable." placeholder:"KIND=RATE" sep:"none"`
	ListFaults bool     `help:"List the kinds of faults, each with an example."`
	Seed       *uint64  `help:"Seed for the choice of requests that fail." placeholder:"N"`
	Listen     string   `help:"Address to listen on." default:"127.0.0.1:8086" placeholder:"HOST:PORT"`
}

// Help is the example of --help.
func (faultCommand) Help() string {
	return `Forwards each request to the target unchanged, except for the requests that a fault affects. The
first line on stdout is the base URL. Credentials are those of the client; no file and no line
contains them. SIGINT and SIGTERM stop the proxy, which then prints the number of requests per fault.

Clients on this machine can switch the faults while the proxy runs:

    GET /_faults       shows the faults in force
    PUT /_faults       replaces them: a list, or an object with faults and seed
    DELETE /_faults    ends them

The body is JSON or YAML with the faults of --fault. Each change is one line on stderr. A wrong
body changes nothing. The faults are those of scimdrill target, except for stale. The fault
"token expires" needs the token in SCIMDRILL_TOKEN.

Example:

    scimdrill fault --target https://api.vendor.example/scim/v2 \
        --allow-host api.vendor.example
    scimdrill replay --target http://127.0.0.1:8086 --stream scimdrill-recording
    curl -X PUT -d '["outage for 1m"]' http://127.0.0.1:8086/_faults`
}

// Run serves until it is told to stop.
func (c *faultCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListFaults {
		targets.ListFaults(a)
		return nil
	}
	token, err := a.Secret("", "", "SCIMDRILL_TOKEN")
	if err != nil {
		return err
	}
	_, proxy, err := c.Proxy(a, nil)
	if err != nil {
		return err
	}
	options := faultproxy.Options{
		Seed: a.Random(), Now: a.Now, Wait: targets.WaitOnWall(a.Now), Token: token,
		Say: func(sentence string) { a.Say("%s", sentence) },
	}
	if c.Seed != nil {
		options.Seed = *c.Seed
	}
	faults, err := faultproxy.New(proxy.Handler(), options, faultproxy.Order{Faults: c.Fault})
	if err != nil {
		return exit.Usage("", "--fault: %w", err)
	}
	listener, err := c.DoorFlags.Listen(ctx, a, c.Listen)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it, if there was one
	a.Print("http://%s", listener.Addr())
	a.Say("forwarding to %s; PUT http://%s%s switches faults; press Ctrl-C to stop", proxy.Target.Redacted(), listener.Addr(), faultproxy.ControlPath)
	door := c.Door(c.Listen)
	door.Transparent, door.Keeps = true, true
	server := serve.New(a, door, faults)
	server.ConnContext = exchange.SpelledContext
	defer func() { targets.SayFaults(a, faults.Counts()) }()
	return serve.Until(ctx, exchange.SpelledListener(listener), server)
}
