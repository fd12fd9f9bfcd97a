package engine

import (
	"cmp"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/dialect"
)

// dialect is the configured one, otherwise that of a flag in the tenant URL, otherwise
// the application's.
func (r *run) dialect() (dialect.Dialect, error) {
	_, query, _ := strings.Cut(r.cfg.Endpoint.TenantURL, "?")
	flagged, _ := dialect.Flagged(query)
	return dialect.New(cmp.Or(r.cfg.Dialect, flagged, r.cfg.App.Dialect, "legacy"), r.dialectOptions())
}

// unflagged is the dialect without the flag of the tenant URL (E-285).
func (r *run) unflagged() (dialect.Dialect, error) {
	name := cmp.Or(r.cfg.Dialect, r.cfg.App.Dialect, "legacy")
	if name == "optscim" {
		name = "legacy"
	}
	return dialect.New(name, r.dialectOptions())
}

// dialectOptions are the choices inside a dialect, with the base of old references.
func (r *run) dialectOptions() dialect.Options {
	base, _, _ := strings.Cut(r.cfg.Endpoint.TenantURL, "?")
	o := r.settings.Dialect
	o.Base = strings.TrimRight(base, "/")
	return o
}

// requestURL is the tenant URL of the requests: with its flags, or without (W-122).
func (r *run) requestURL() string {
	base, query, found := strings.Cut(r.cfg.Endpoint.TenantURL, "?")
	if !found || r.settings.FlagInURL {
		return r.cfg.Endpoint.TenantURL
	}
	if _, rest := dialect.Flagged(query); rest != "" {
		return base + "?" + rest
	}
	return base
}
