package suites

import "github.com/scimdrill/scimdrill/conformance/catalog"

func rfc7644(section string) catalog.Basis {
	return catalog.Basis{Kind: catalog.RFC, Ref: "RFC 7644 section " + section, URL: "https://www.rfc-editor.org/rfc/rfc7644#section-" + section}
}

func rfc7643(section string) catalog.Basis {
	return catalog.Basis{Kind: catalog.RFC, Ref: "RFC 7643 section " + section, URL: "https://www.rfc-editor.org/rfc/rfc7643#section-" + section}
}

func microsoft() catalog.Basis {
	return catalog.Basis{Kind: catalog.Microsoft, Ref: "Develop and plan provisioning for a SCIM endpoint", URL: "https://learn.microsoft.com/entra/identity/app-provisioning/use-scim-to-provision-users-and-groups"}
}

func compatibility() catalog.Basis {
	return catalog.Basis{Kind: catalog.Microsoft, Ref: "SCIM 2.0 protocol compliance of the provisioning service", URL: "https://learn.microsoft.com/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility"}
}

func validation() catalog.Basis {
	return catalog.Basis{Kind: catalog.Microsoft, Ref: "Microsoft's validation template for SCIM endpoints", URL: "https://github.com/AzureAD/SCIMReferenceCode/tree/master/Microsoft.SCIM.LogicAppValidationTemplate"}
}

func observed(ref, url string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Observed, Ref: ref, URL: url}
}

func rfc9865(section string) catalog.Basis {
	return catalog.Basis{Kind: catalog.RFC, Ref: "RFC 9865 section " + section, URL: "https://www.rfc-editor.org/rfc/rfc9865#section-" + section}
}

// knownIssues is Microsoft's page of known issues of the provisioning service.
func knownIssues() catalog.Basis {
	return observed("a manager who is out of scope or provisioned later", "https://learn.microsoft.com/entra/identity/app-provisioning/known-issues")
}
