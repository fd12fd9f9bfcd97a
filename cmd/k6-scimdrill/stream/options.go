package stream

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// options are what a script gives to open, as strings, because they mostly come from __ENV.
type options struct {
	stream, target, token string
	allowRate             bool
}

// parse checks what a script gives. Other people's systems are spared as scimdrill spares them: a host that is not
// loopback must be named by allowHost, gets no token in clear text, and at most 25 requests a second and instance.
func parse(given map[string]string) (options, error) {
	o := options{given["stream"], strings.TrimRight(given["target"], "/"), given["token"], given["allowRate"] != ""}
	for name := range given {
		if !slices.Contains([]string{"stream", "target", "token", "allowHost", "allowRate", "insecureHTTP"}, name) {
			return o, fmt.Errorf("open has no option %q; it has stream, target, token, allowHost, allowRate, insecureHTTP", name)
		}
	}
	if o.stream == "" || o.target == "" {
		return o, errors.New("open needs a stream (the file) and a target (the base of /Users and /Groups)")
	}
	u, err := url.Parse(o.target)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" {
		return o, errors.New("the target must be a URL such as https://scim.example.com/scim, without user and query")
	}
	if loopback(u.Hostname()) {
		o.allowRate = true
		return o, nil
	}
	if given["allowHost"] != u.Hostname() {
		return o, fmt.Errorf("%s is not loopback: the stream would write there; if it may, pass allowHost: %q", u.Hostname(), u.Hostname())
	}
	if u.Scheme == "http" && o.token != "" && given["insecureHTTP"] == "" {
		return o, fmt.Errorf("the token would be sent to %s in clear text; use https, or pass insecureHTTP", u.Hostname())
	}
	return o, nil
}

func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}
