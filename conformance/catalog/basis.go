package catalog

// The kinds of evidence.
const (
	RFC       = "RFC"
	Microsoft = "Microsoft page"
	Observed  = "observed"
	Inferred  = "inferred"
)

// Basis is a piece of evidence: its kind, its title and its URL.
type Basis struct {
	Kind, Ref, URL string
}

// Read is the date on which the evidence was last read.
const Read = "2026-11-21"

func rfc7644(section string) Basis {
	return Basis{RFC, "RFC 7644 section " + section, "https://www.rfc-editor.org/rfc/rfc7644#section-" + section}
}

func rfc7643(section string) Basis {
	return Basis{RFC, "RFC 7643 section " + section, "https://www.rfc-editor.org/rfc/rfc7643#section-" + section}
}

func microsoft() Basis {
	return Basis{Microsoft, "Develop and plan provisioning for a SCIM endpoint", "https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups"}
}

func compatibility() Basis {
	return Basis{Microsoft, "SCIM 2.0 protocol compliance of the provisioning service", "https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility"}
}

func validation() Basis {
	return Basis{Microsoft, "Microsoft's validation template for SCIM endpoints", "https://github.com/AzureAD/SCIMReferenceCode/tree/master/Microsoft.SCIM.LogicAppValidationTemplate"}
}

func observed(ref, url string) Basis { return Basis{Observed, ref, url} }
