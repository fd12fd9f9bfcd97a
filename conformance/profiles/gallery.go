package profiles

import "github.com/scimdrill/scimdrill/conformance/catalog"

// The facts that decide rows of the gallery.
const (
	// Credentials is the kind of credentials that the run used.
	Credentials = "credentials"
	// TokenLife is how long the access token of the run lives.
	TokenLife = "token-life"
)

const (
	required    = "required"
	recommended = "recommended"
	attach      = "attach"
)

// gallery is the evidence that an entry in the app gallery asks for.
func gallery() Profile {
	const yours = "attach it yourself: no check can see it"
	return Profile{
		Name: "gallery", Title: "Readiness for the Entra app gallery",
		Note: "Output of a simulator, not a certification: Microsoft alone decides on its gallery, by its own tests. New provisioning requests on the public page were paused when it was read.",
		Source: catalog.Basis{
			Kind: catalog.Microsoft, Ref: "Submit a request to publish your application in the Microsoft Entra app gallery",
			URL: "https://learn.microsoft.com/entra/identity/enterprise-apps/v2-howto-app-gallery-listing",
		},
		Date: "2026-11-21",
		Rows: []Row{
			{Name: "SCIM 2.0 users", Kind: required, Checks: []catalog.ID{"USR-001", "SUR-003", "USR-009", "QRY-001"}},
			{Name: "SCIM 2.0 groups", Kind: recommended, Checks: []catalog.ID{"MEM-001", "MEM-002", "MEM-006", "QRY-006"}},
			{Name: "At least 25 requests per second per tenant", Kind: required, Checks: []catalog.ID{"GAL-001"}},
			{Name: "SCIM Validator passed", Kind: required, Open: "Microsoft's own run is needed; --profile validator-preview forecasts it"},
			{Name: "OAuth client credentials", Kind: required, Fact: Credentials, Open: "the run used no client credentials; pass --oauth-client-id and --oauth-token-url to show them"},
			{Name: "Access tokens live 60 minutes to 6 hours", Kind: required, Fact: TokenLife, Open: "the run got no token from a token endpoint"},
			{Name: "Client secrets live 1 to 3 years, and several are active", Kind: required, Open: yours},
			{Name: "Soft or hard delete", Kind: required, Checks: []catalog.ID{"ATT-003", "USR-007"}, Any: true},
			{Name: "Query of an unknown user: 200 and no results", Kind: required, Checks: []catalog.ID{"QRY-003"}},
			{Name: "Schema discovery", Kind: required, Checks: []catalog.ID{"HTP-054", "HTP-005", "HTP-057"}},
			{Name: "Mapped attributes are kept", Kind: required, Checks: []catalog.ID{"SUR-013"}, Note: "Asked with --app or --schema only."},
			{Name: "Several members in one PATCH", Kind: recommended, Checks: []catalog.ID{"MEM-003"}},
			{Name: "Bulk requests", Kind: recommended, Checks: []catalog.ID{"IPS-008"}},
			{Name: "Provisioning schema of the tested app", Kind: attach, Open: "export it from the app that you tested"},
			{Name: "Engineering and support contact, public SCIM documentation, compliance per cloud", Kind: attach, Open: yours},
			{Name: "100 shared customers on the non-gallery app, 5 tenant ids for the preview", Kind: attach, Open: yours},
			{Name: "Customer documentation", Kind: attach, Open: yours},
		},
	}
}
