package suites

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// okta are the checks with the requests of Okta's provisioning. They run under the profiles okta,
// okta-aiw and okta-oin only.
func okta() []Spec {
	return slices.Concat(oktaConnection(), oktaCreate(), oktaUpdate(), oktaStatus(), oktaGroups(), oktaMembership(), oktaImports())
}

// demand is a request of another client, and what it asks of a target.
type demand struct {
	number             int
	rule, cause        string
	evidence           catalog.Basis
	title, why, fix    string
	groups, patch, ext bool
}

// asked makes the check of a demand. A target must do what the client documents or was seen to send; what is
// only reported or inferred warns.
func (f demand) asked(prefix, suite string, c func() client, body func(ctx context.Context, w *wire)) Spec {
	about, needs := catalog.Attributes, []string{}
	if f.ext {
		needs = append(needs, catalog.Enterprise)
	}
	if f.groups {
		about, needs = catalog.Groups, append(needs, catalog.GroupsHere)
	}
	return check(catalog.Check{
		ID: catalog.ID(fmt.Sprintf("%s-%03d", prefix, f.number)), Suite: suite, About: about, Level: catalog.Client, Basis: f.evidence,
		Rule: f.rule, Cause: f.cause, Profile: suite, Needs: needs, Title: f.title, Why: f.why, Fix: f.fix,
	}, func(ctx context.Context, p *probe) {
		w := p.as(c())
		if f.patch {
			w.supports(catalog.Patch)
		}
		body(ctx, w)
	})
}

// byOkta makes the check of what Okta asks.
func byOkta(f demand, body func(ctx context.Context, w *wire)) Spec {
	return f.asked("OKT", catalog.Okta, oktaClient, body)
}

// The evidence of Okta's requests.
func oktaPage() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "Okta's reference of SCIM 2.0", URL: "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20"}
}

func oktaConcept() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "Okta, Understanding SCIM", URL: "https://developer.okta.com/docs/concepts/scim/"}
}

func oktaPlan() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "Okta's test plan for integrations, version 2", URL: "https://developer.okta.com/docs/guides/scim-provisioning-integration-test/main/"}
}

func oktaSuite() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "Okta's SPEC test file of 2024-05-13", URL: "https://developer.okta.com/standards/SCIM/SCIMFiles/Okta-SCIM-20-SPEC-Test.json"}
}

// oktaLab is a full request log of an app of the integration wizard.
func oktaLab() catalog.Basis {
	return catalog.Basis{Kind: catalog.Captured, Ref: "requests of an Okta app, captured on 2026-10-06", URL: "https://github.com/Timothy-itayi/okta-iam-lifecycle-lab"}
}

// oktaFlask is a capture of a template app.
func oktaFlask() catalog.Basis {
	return catalog.Basis{Kind: catalog.Captured, Ref: "requests of an Okta template app, captured in 2021", URL: "https://developer.okta.com/blog/2021/09/01/flask-scim-server"}
}

// captured is a request that an issue quotes.
func captured(issue string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Captured, Ref: "a request that is quoted in " + issueName(issue), URL: "https://github.com/" + issue}
}

// reported is what an issue says without the request.
func reported(issue string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Reported, Ref: issueName(issue), URL: "https://github.com/" + issue}
}

// issueName writes owner/name/issues/1 as owner/name#1.
func issueName(issue string) string { return strings.Replace(issue, "/issues/", "#", 1) }

// oktaInferred is what follows from other evidence.
func oktaInferred(ref string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Inferred, Ref: ref, URL: "https://developer.okta.com/docs/concepts/scim/"}
}
