package simulator

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/dialect"
)

// dialect is the one that was asked for, else what a flag in the tenant URL asks for, else
// the application's.
func (r *run) dialect() (dialect.Dialect, error) {
	base, query, _ := strings.Cut(r.cfg.Endpoint.TenantURL, "?")
	flagged, _ := dialect.Flagged(query)
	o := r.settings.dialect
	o.Base = strings.TrimRight(base, "/")
	return dialect.New(first(r.cfg.Dialect, flagged, r.cfg.App.Dialect, "legacy"), o)
}

// requestURL is the tenant URL as requests carry it: with its flags, or without (W-122).
func (r *run) requestURL() string {
	base, query, found := strings.Cut(r.cfg.Endpoint.TenantURL, "?")
	if !found || r.settings.flagInURL {
		return r.cfg.Endpoint.TenantURL
	}
	if _, rest := dialect.Flagged(query); rest != "" {
		return base + "?" + rest
	}
	return base
}
