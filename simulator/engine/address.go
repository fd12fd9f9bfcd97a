package engine

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/dialect"
)

// Address returns a tenant URL in the form in which a state and a journal remember it, so that
// two spellings of one target are equal. Entra's flags are left out: they select a dialect,
// and no target. What else the query says may select a tenant and is kept. Secrets in it are shown as
// variables (S7).
//
// Names are not looked up, so localhost and 127.0.0.1 are two targets. So are two ports.
func Address(tenantURL string) string {
	u, err := url.Parse(tenantURL)
	if err != nil || u.Host == "" {
		return tenantURL
	}
	scheme, host, port := strings.ToLower(u.Scheme), strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")), u.Port()
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		host = "[" + ip.String() + "]"
	}
	if port != "" && port != map[string]string{"http": "80", "https": "443"}[scheme] {
		host += ":" + port
	}
	address := scheme + "://" + host + strings.TrimRight(u.EscapedPath(), "/")
	if _, rest := dialect.Flagged(u.RawQuery); rest != "" {
		address += "?" + rest
	}
	return exchange.NewAddress(address).Shown()
}
