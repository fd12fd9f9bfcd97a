package player

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// clientOf is a client with the credentials and the address of a tenant.
func clientOf(e *endpoint.Endpoint, sender *exchange.Sender, t *replay.Tenant, f *endpoint.Flags, wanted float64) (*scimclient.Client, error) {
	rate, err := endpoint.MayHurry(e.URL, wanted, f.AllowRate)
	if err != nil {
		return nil, err
	}
	address := f.Target
	if t.Base != nil {
		address = t.Base.String()
	}
	cfg := e.Scim(address)
	cfg.Authorization = t.Authorization
	return scimclient.New(cfg, scimclient.Deps{Sender: sender, Redact: e.Redact, Guard: scimclient.NewGuard(rate, e.External())})
}

// TenantClients are clients with the credentials of a file for --tenant-token-file, by the names of the tenants.
func TenantClients(con *console.Console, e *endpoint.Endpoint, f *endpoint.Flags, path string, rate float64) (map[string]*scimclient.Client, error) {
	tenants, err := readTenants(path, e)
	if err != nil {
		return nil, err
	}
	clients := map[string]*scimclient.Client{}
	for i := range tenants {
		if clients[tenants[i].Name], err = clientOf(e, exchange.NewSender(e.Client, e.Limits, con.Now), &tenants[i], f, rate); err != nil {
			return nil, err
		}
	}
	return clients, nil
}
