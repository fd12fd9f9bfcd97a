package engine

import (
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/reach"
)

// Address returns a tenant URL in the form in which a state and a journal remember it. Entra's flags
// are left out: they select a dialect, and no target.
func Address(tenantURL string) string {
	return reach.Address(tenantURL, func(query string) string {
		_, rest := dialect.Flagged(query)
		return rest
	})
}
