package reach

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Address returns a tenant URL in the form in which a state and a journal remember it, so that
// two spellings of one target are equal. kept returns what counts of the query: a part of it may select
// a tenant, another part only the behaviour of a client. Secrets in it are shown as variables (S7).
//
// Names are not looked up, so localhost and 127.0.0.1 are two targets. So are two ports.
func Address(tenantURL string, kept func(query string) string) string {
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
	if rest := kept(u.RawQuery); rest != "" {
		address += "?" + rest
	}
	return exchange.NewAddress(address).Shown()
}
