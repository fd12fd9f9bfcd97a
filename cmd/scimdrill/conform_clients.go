package main

import (
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/profiles"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// clientFlags select the requests of other clients than Entra.
type clientFlags struct {
	ClientForms []string `help:"Send the known requests of other clients: google, jumpcloud, authentik or ping, separated by commas. okta and onelogin run their profiles. Alone, only these run." placeholder:"NAME,…"`
}

// clients adds the profiles of the named clients. Without a profile of the caller's, only they run.
func (f *clientFlags) clients(o *conformance.Options) error {
	if len(f.ClientForms) == 0 {
		return nil
	}
	known := append(profiles.ClientForms(), catalog.Okta, catalog.OneLogin)
	for _, name := range f.ClientForms {
		if name == "keycloak" {
			return exit.Usage("name one of google, jumpcloud, authentik, ping, okta and onelogin",
				"--client-forms keycloak: Keycloak has no SCIM client of its own, and the requests of its extensions differ; none is made up here")
		}
		if !slices.Contains(known, name) {
			return exit.Usage("", "--client-forms: %w", nearest.Unknown("client", name, known, ""))
		}
	}
	if slices.Equal(o.Profiles, []string{"rfc", "entra"}) { // the default
		o.Profiles = nil
	}
	o.Profiles = append(slices.Clone(o.Profiles), f.ClientForms...)
	return nil
}
