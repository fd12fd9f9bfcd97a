package endpoint

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// dialer opens connections. A name that counts as loopback, such as localhost, must lead to this
// machine: a hosts file or a name server may say otherwise (F11). It is looked up once, so that a
// second look-up cannot change the result.
type dialer struct {
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	dial   func(ctx context.Context, network, address string) (net.Conn, error)
}

func newDialer(con *console.Console) dialer {
	d := dialer{lookup: con.Lookup, dial: con.Dial}
	if d.lookup == nil {
		d.lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	if d.dial == nil {
		d.dial = (&net.Dialer{Timeout: 30 * time.Second}).DialContext
	}
	return d
}

// open connects to an address of the form host:port.
func (d dialer) open(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if _, err := netip.ParseAddr(host); err == nil || !Loopback(host) {
		return d.dial(ctx, network, address)
	}
	found, err := d.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		if !a.Unmap().IsLoopback() {
			return nil, fmt.Errorf("connect to %s: %w", host, exchange.ErrNotLoopback)
		}
	}
	failed := error(&net.DNSError{Err: "no address", Name: host, IsNotFound: true})
	for i, a := range found {
		conn, err := d.dial(ctx, network, net.JoinHostPort(a.Unmap().String(), port))
		if err == nil {
			return conn, nil
		}
		if i == 0 {
			failed = err // of the preferred address
		}
	}
	return nil, failed
}
