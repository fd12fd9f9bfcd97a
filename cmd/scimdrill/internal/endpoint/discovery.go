package endpoint

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// discovery reads what the endpoint says about itself (RFC 7644 section 4). Entra's
// engine does not read it, so what is missing is a warning.
func (p *Probe) discovery(ctx context.Context) []Finding {
	return []Finding{p.configuration(ctx), p.resourceTypes(ctx), p.schemas(ctx)}
}

// document reads one discovery endpoint into v.
func (p *Probe) document(ctx context.Context, path string, v any) string {
	x := p.get(ctx, p.base(), path, "", true)
	switch {
	case x.Failure != "":
		what, _ := x.Failure.Meaning()
		return what
	case x.Status != http.StatusOK:
		return fmt.Sprintf("status %d", x.Status)
	}
	if err := json.Unmarshal(x.ResponseBody, v); err != nil {
		return "the body is not JSON of the expected form"
	}
	return ""
}

func (p *Probe) configuration(ctx context.Context) Finding {
	type feature struct {
		Supported bool `json:"supported"`
	}
	var c struct {
		Patch  *feature `json:"patch"`
		Filter *feature `json:"filter"`
		Bulk   *feature `json:"bulk"`
		Sort   *feature `json:"sort"`
		ETag   *feature `json:"etag"`
	}
	l := Finding{Outcome: reports.Passed, About: "Configuration"}
	if why := p.document(ctx, "/ServiceProviderConfig", &c); why != "" {
		l.Outcome, l.Text = reports.Warned, "/ServiceProviderConfig: "+why
		l.Fix = "serve it (RFC 7643 section 5)"
		return l
	}
	yes := func(f *feature) string {
		if f != nil && f.Supported {
			return "yes"
		}
		return "no"
	}
	l.Text = fmt.Sprintf("patch %s, filter %s, bulk %s, sort %s, etag %s", yes(c.Patch), yes(c.Filter), yes(c.Bulk), yes(c.Sort), yes(c.ETag))
	if yes(c.Patch) == "no" || yes(c.Filter) == "no" {
		l.Outcome = reports.Warned
		l.Fix = "support patch and filter, because Entra needs both; declare what the service really supports"
	}
	return l
}

func (p *Probe) resourceTypes(ctx context.Context) Finding {
	var list struct {
		Resources []struct {
			Name     string `json:"name"`
			Endpoint string `json:"endpoint"`
		} `json:"Resources"`
	}
	l := Finding{Outcome: reports.Passed, About: "Resource types"}
	if why := p.document(ctx, "/ResourceTypes", &list); why != "" {
		l.Outcome, l.Text, l.Fix = reports.Warned, "/ResourceTypes: "+why, "serve it as a ListResponse (RFC 7644 section 4)"
		return l
	}
	var names []string
	for _, r := range list.Resources {
		names = append(names, r.Name)
	}
	return missing(l, names, []string{"User", "Group"})
}

func (p *Probe) schemas(ctx context.Context) Finding {
	var list struct {
		Resources []struct {
			ID string `json:"id"`
		} `json:"Resources"`
	}
	l := Finding{Outcome: reports.Passed, About: "Schemas"}
	if why := p.document(ctx, "/Schemas", &list); why != "" {
		l.Outcome, l.Text, l.Fix = reports.Warned, "/Schemas: "+why, "serve it as a ListResponse (RFC 7644 section 4)"
		return l
	}
	var ids []string
	for _, r := range list.Resources {
		ids = append(ids, r.ID)
	}
	return missing(l, ids, []string{scim.UserURN, scim.EnterpriseURN, scim.GroupURN})
}

// missing names what a list should hold and does not.
func missing(l Finding, have, want []string) Finding {
	var lacking []string
	for _, w := range want {
		if !slices.Contains(have, w) {
			lacking = append(lacking, w)
		}
	}
	l.Text = strings.Join(have, ", ")
	if l.Text == "" {
		l.Text = "none"
	}
	if len(lacking) > 0 {
		l.Outcome = reports.Warned
		l.Fix = "declare the missing " + strings.Join(lacking, ", ") + ", or admins see fewer attributes to map"
	}
	return l
}
