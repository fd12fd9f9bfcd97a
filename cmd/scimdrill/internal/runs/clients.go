package runs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Clients are the ways into a target.
type Clients struct {
	// One is the way into the tenant of a run that wrote to one.
	One *scimclient.Client
	// Tenants are those of a run that wrote to several, by their names.
	Tenants map[string]*scimclient.Client
}

// Reach reports the first tenants of journals for which there are no credentials. With those of another
// tenant, their objects would seem to be gone.
func (c Clients) Reach(journals []Journal) error {
	var missing []string
	for _, j := range journals {
		for _, e := range j.Entries {
			if c.of(e) == nil && !slices.Contains(missing, e.Tenant) {
				missing = append(missing, e.Tenant)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return fmt.Errorf("the run created objects in tenants whose credentials are missing: %s", strings.Join(missing, ", "))
}

// of is the client for an entry; nil is none.
func (c Clients) of(e journal.Entry) *scimclient.Client {
	if e.Tenant == "" {
		return c.One
	}
	return c.Tenants[e.Tenant]
}
