package endpoint

import (
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
)

// encrypted refuses to send credentials over http to another machine (F10). Entra requires https,
// too. It reads the URL and looks nothing up.
func (f *Flags) encrypted(con *console.Console, e *Endpoint) error {
	if e.Authorization == "" && len(e.Secrets) == 0 {
		return nil
	}
	return f.ClearText(con, e.URL)
}

// ClearText refuses http to another machine for whatever is sent there.
func (f *Flags) ClearText(con *console.Console, target *url.URL) error {
	switch {
	case target.Scheme == "https" || Loopback(target.Hostname()):
		return nil
	case !f.InsecureHTTP:
		return exit.Usage("use https, as Entra does; if everyone on this network may read the credentials, add --insecure-http",
			"the credentials would be sent to %s in clear text; this needs --insecure-http", target.Hostname())
	}
	con.Say("WARNING: --insecure-http: the credentials are sent to %s in clear text; anyone on the network path can read them", target.Hostname())
	return nil
}

// proxy is the proxy of the environment, but never for this machine: what is meant for loopback must
// not reach a proxy elsewhere, in whatever letter case it is written.
func proxy(r *http.Request) (*url.URL, error) {
	if Loopback(r.URL.Hostname()) {
		return nil, nil //nolint:nilnil // no proxy
	}
	return http.ProxyFromEnvironment(r) //nolint:wrapcheck // nothing to add
}

// proxySecrets are the credentials of the proxies in the environment, which a proxy may repeat.
func proxySecrets(con *console.Console) []string {
	var list []string
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"} {
		address, _ := con.Getenv(name)
		u, err := url.Parse(address)
		if err != nil || u.User == nil {
			continue
		}
		if password, ok := u.User.Password(); ok {
			list = append(list, password, u.User.Username()+":"+password)
		}
	}
	return list
}
