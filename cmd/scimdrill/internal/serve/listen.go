package serve

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
)

// DoorFlags say who reaches a server besides this machine.
type DoorFlags struct {
	Expose    bool     `help:"Listen on an address that is not loopback, so that other machines can reach the server. Without TLS, anyone on the network path can read its tokens."`
	ServeHost []string `name:"serve-host" help:"Host name that clients use besides loopback and --listen, such as the name of a tunnel; repeatable." placeholder:"HOST"`
}

// Door is that of a server on an address.
func (f *DoorFlags) Door(listen string) Door {
	return Door{Listen: listen, Names: f.ServeHost, Exposed: f.Expose}
}

// Listen opens a port on loopback, or on another address with --expose. It looks at the address
// that was bound: names and empty hosts can lead anywhere. A mistyped address is a mistake of the
// person who typed.
func (f *DoorFlags) Listen(ctx context.Context, con *console.Console, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &exit.Error{Code: listenCode(err), Err: fmt.Errorf("listen: %w", err), Hint: "check whether the port is in use; --listen 127.0.0.1:0 chooses a free one"}
	}
	if bound, ok := l.Addr().(*net.TCPAddr); ok && bound.IP.IsLoopback() {
		return l, nil
	}
	if !f.Expose {
		_ = l.Close() // nothing was accepted
		return nil, exit.Usage("listen on loopback, behind a tunnel with TLS if need be; add --expose if this network is allowed to reach the server",
			"--listen %s is not loopback; other machines could reach the server, and bearer tokens would arrive there in clear text", address)
	}
	con.Say("WARNING: --expose: any machine that reaches %s can send requests; without TLS, bearer tokens arrive there in clear text, and anyone on the network path can read them", address)
	return l, nil
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
