package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
)

// Door decides which requests reach a server. The zero value serves loopback only.
type Door struct {
	// Listen is the address as the person typed it, and Names are further host names.
	Listen string
	Names  []string
	// Exposed serves addresses that are not loopback.
	Exposed bool
	// Transparent leaves responses as they are, and does not keep the bodies of requests. It is
	// that of a proxy.
	Transparent bool
	// Keeps says that the handler of a transparent door keeps the bodies of requests after all.
	Keeps bool
}

// admits reports whether the server has the host of a request. A page of another site can let a
// name of its own lead to loopback (DNS rebinding), but it cannot change the Host header. An
// address cannot be rebound, so every address is served where the server is exposed.
func (d *Door) admits(host string) bool {
	name := hostOf(host)
	if address, err := netip.ParseAddr(name); err == nil {
		return address.Unmap().IsLoopback() || d.Exposed && !address.IsUnspecified()
	}
	if name == "localhost" {
		return true
	}
	for _, own := range append([]string{d.Listen}, d.Names...) {
		if name != "" && hostOf(own) == name {
			return true
		}
	}
	return false
}

// hostOf is the host of an authority, in lower case and without port, brackets and final dot.
func hostOf(authority string) string {
	host, _, err := net.SplitHostPort(authority)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(authority, "["), "]")
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// guard lets requests for this server through, and no write that a page of another site sends.
func (d *Door) guard(con *console.Console, next http.Handler) http.Handler {
	var told refused
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch err := new(http.CrossOriginProtection).Check(r); {
		case !d.admits(r.Host):
			host := strconv.QuoteToASCII(r.Host[:min(len(r.Host), 100)])
			if told.first(host) {
				con.Say("note: rejected a request for the host %s; if clients use this name, add --serve-host NAME", host)
			}
			Reject(w, http.StatusMisdirectedRequest, fmt.Sprintf("the host %s is not served here; hint: --serve-host NAME adds a name", host))
		case r.Method == http.MethodConnect || r.Method == http.MethodTrace:
			Reject(w, http.StatusMethodNotAllowed, "CONNECT and TRACE are not supported")
		case err != nil:
			Reject(w, http.StatusForbidden, "a page of another site sent this request")
		default:
			if !d.Transparent {
				Protect(w.Header())
			}
			next.ServeHTTP(w, r)
		}
	})
}

// Protect sets what tells a browser to do nothing with a response but show it. Pages that need
// more set their own policy.
func Protect(h http.Header) {
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// Reject ends a request, and its connection.
func Reject(w http.ResponseWriter, status int, why string) {
	Protect(w.Header())
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Connection", "close")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "scimdrill: %s\n", why) // the client went away
}

// refused remembers the hosts that the person was told of.
type refused struct {
	mu    sync.Mutex
	hosts map[string]bool
}

// most hosts are told of: a client can make up as many as it likes.
const mostHosts = 10

func (f *refused) first(host string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.hosts[host] || len(f.hosts) >= mostHosts {
		return false
	}
	if f.hosts == nil {
		f.hosts = map[string]bool{}
	}
	f.hosts[host] = true
	return true
}
