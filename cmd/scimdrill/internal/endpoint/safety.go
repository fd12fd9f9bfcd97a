package endpoint

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
)

// freeRate is how many requests a second a host that is not loopback gets without
// --allow-rate.
const freeRate = 25

// mayWrite decides whether a command may write to target. It reads the URL and looks
// nothing up: loopback is free, every other host has to be named by --allow-host.
func mayWrite(target *url.URL, allowed []string) error {
	if named(target.Hostname(), target.Host, allowed) {
		return nil
	}
	return exit.Usage(
		"test only systems that you are allowed to test, never production; if this is one, add --allow-host "+target.Hostname(),
		"this command writes to %s, which is not loopback; this needs --allow-host %s", target.Hostname(), target.Hostname())
}

// MayMail decides whether mails may be sent to a server, by the same rule.
func MayMail(host, address string, allowed []string) error {
	if named(host, address, allowed) {
		return nil
	}
	return exit.Usage("if its operator agrees, add --allow-host "+host, "--smtp %s is not loopback; sending mails there needs --allow-host %s", address, host)
}

// named reports whether a host is loopback or was named by --allow-host, with or without its port.
func named(host, address string, allowed []string) bool {
	return Loopback(host) || slices.ContainsFunc(allowed, func(name string) bool {
		return strings.EqualFold(name, host) || strings.EqualFold(name, address)
	})
}

// MayHurry decides which rate a run gets: 0 is no limit.
func MayHurry(target *url.URL, rate float64, allowed bool) (float64, error) {
	switch {
	case rate < 0:
		return 0, exit.Usage("", "--rate %v is negative; 0 means no limit", rate)
	case Loopback(target.Hostname()) || allowed:
		return rate, nil
	case rate > freeRate:
		return 0, exit.Usage("if the operator of "+target.Hostname()+" agrees, add --allow-rate",
			"--rate %v exceeds %d requests per second to a host that is not loopback; this needs --allow-rate", rate, freeRate)
	case rate == 0:
		return freeRate, nil
	default:
		return rate, nil
	}
}

// Loopback reads from a host name that it is this machine: localhost, 127.0.0.0/8, ::1.
func Loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	return address == netip.IPv6Loopback() || address.Is4() && address.IsLoopback()
}
