package conformance

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports"
)

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

// discover detects the features of the target with GET requests only. It tells the session which
// features are missing, so that checks that need them are skipped.
func discover(ctx context.Context, s *session.Session, entra bool) []reports.Feature {
	c := s.Begin("discovery")
	patch, filter := declared(ctx, c)
	features := []reports.Feature{
		extension(ctx, c),
		announced(catalog.Filter, filter, entra),
		groups(ctx, c),
		announced(catalog.Patch, patch, entra),
		{Name: catalog.Put, Found: true, Note: "not declared anywhere; the checks try it"},
		{Name: catalog.Tenants, Found: s.Lacks(catalog.Tenants) == "", Note: s.Lacks(catalog.Tenants)},
	}
	for _, f := range features {
		if !f.Found {
			s.Without(f.Name, f.Note)
		}
	}
	return features
}

// declared reads from /ServiceProviderConfig whether PATCH and filters are supported: "yes", "no" or "".
func declared(ctx context.Context, c *session.Case) (patch, filter string) {
	a, err := c.Send(ctx, http.MethodGet, "/ServiceProviderConfig", nil, nil)
	if err != nil || a.Status != http.StatusOK {
		return "", ""
	}
	say := func(name string) string {
		feature, _ := a.Body[name].(map[string]any)
		switch feature["supported"] {
		case true:
			return "yes"
		case false:
			return "no"
		}
		return ""
	}
	return say("patch"), say("filter")
}

// announced is a feature that only /ServiceProviderConfig can deny. Entra does not read it (W-116).
func announced(name, declared string, entra bool) reports.Feature {
	f := reports.Feature{Name: name, Found: true, Declared: declared}
	switch {
	case declared != "no":
	case entra:
		f.Note = "/ServiceProviderConfig says no, but Entra uses it anyway, so the checks try it"
	default:
		f.Found, f.Note = false, "/ServiceProviderConfig says that "+name+" is not supported"
	}
	return f
}

// groups detects whether the target has groups.
func groups(ctx context.Context, c *session.Case) reports.Feature {
	f := reports.Feature{Name: catalog.GroupsHere, Found: true}
	a, err := c.Send(ctx, http.MethodGet, "/Groups?excludedAttributes=members&count=1", nil, nil)
	if err == nil && slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, a.Status) {
		f.Found, f.Note = false, fmt.Sprintf("GET /Groups returned status %d; turn off the group mapping in Entra, or the job goes into quarantine", a.Status)
	}
	return f
}

// extension detects whether /Schemas lists the enterprise extension.
func extension(ctx context.Context, c *session.Case) reports.Feature {
	f := reports.Feature{Name: catalog.Enterprise, Found: true}
	a, err := c.Send(ctx, http.MethodGet, "/Schemas", nil, nil)
	list, _ := a.Body["Resources"].([]any)
	if err != nil || a.Status != http.StatusOK || len(list) == 0 {
		f.Note = "/Schemas could not be read; the checks try it"
		return f
	}
	f.Declared = "no"
	for _, r := range list {
		schema, _ := r.(map[string]any)
		if id, _ := schema["id"].(string); strings.EqualFold(id, enterprise) {
			f.Declared = "yes"
		}
	}
	if f.Declared == "no" {
		f.Found, f.Note = false, "/Schemas does not list "+enterprise
	}
	return f
}
