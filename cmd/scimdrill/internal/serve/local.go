package serve

import (
	"net"
	"net/http"
	"net/netip"
)

// Local reports whether a request comes from this machine and is meant for it. What a tunnel or
// another proxy passes on is not local, although it arrives from loopback: its host is another
// one, or its header says so.
func Local(r *http.Request) bool {
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if _, passedOn := r.Header[name]; passedOn {
			return false
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	return err == nil && loopback(host) && (hostOf(r.Host) == "localhost" || loopback(hostOf(r.Host)))
}

func loopback(address string) bool {
	a, err := netip.ParseAddr(address)
	return err == nil && a.Unmap().IsLoopback()
}
