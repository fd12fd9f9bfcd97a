package main

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
func (p *probe) discovery(ctx context.Context) []line {
	return []line{p.configuration(ctx), p.resourceTypes(ctx), p.schemas(ctx)}
}

// document reads one discovery endpoint into v.
func (p *probe) document(ctx context.Context, path string, v any) string {
	x := p.get(ctx, p.base(), path, "", true)
	switch {
	case x.Failure != "":
		what, _ := x.Failure.Meaning()
		return what
	case x.Status != http.StatusOK:
		return fmt.Sprintf("status %d", x.Status)
	}
	if err := json.Unmarshal(x.ResponseBody, v); err != nil {
		return "the body is not JSON of the expected shape"
	}
	return ""
}

func (p *probe) configuration(ctx context.Context) line {
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
	l := line{outcome: reports.Passed, about: "Configuration"}
	if why := p.document(ctx, "/ServiceProviderConfig", &c); why != "" {
		l.outcome, l.text = reports.Warned, "/ServiceProviderConfig: "+why
		l.fix = "serve it (RFC 7643 section 5)"
		return l
	}
	yes := func(f *feature) string {
		if f != nil && f.Supported {
			return "yes"
		}
		return "no"
	}
	l.text = fmt.Sprintf("patch %s, filter %s, bulk %s, sort %s, etag %s", yes(c.Patch), yes(c.Filter), yes(c.Bulk), yes(c.Sort), yes(c.ETag))
	if yes(c.Patch) == "no" || yes(c.Filter) == "no" {
		l.outcome = reports.Warned
		l.fix = "Entra needs both patch and filter, whatever is declared here; declare what is true"
	}
	return l
}

func (p *probe) resourceTypes(ctx context.Context) line {
	var list struct {
		Resources []struct {
			Name     string `json:"name"`
			Endpoint string `json:"endpoint"`
		} `json:"Resources"`
	}
	l := line{outcome: reports.Passed, about: "Resource types"}
	if why := p.document(ctx, "/ResourceTypes", &list); why != "" {
		l.outcome, l.text, l.fix = reports.Warned, "/ResourceTypes: "+why, "serve it as a ListResponse (RFC 7644 section 4)"
		return l
	}
	var names []string
	for _, r := range list.Resources {
		names = append(names, r.Name)
	}
	return missing(l, names, []string{"User", "Group"})
}

func (p *probe) schemas(ctx context.Context) line {
	var list struct {
		Resources []struct {
			ID string `json:"id"`
		} `json:"Resources"`
	}
	l := line{outcome: reports.Passed, about: "Schemas"}
	if why := p.document(ctx, "/Schemas", &list); why != "" {
		l.outcome, l.text, l.fix = reports.Warned, "/Schemas: "+why, "serve it as a ListResponse (RFC 7644 section 4)"
		return l
	}
	var ids []string
	for _, r := range list.Resources {
		ids = append(ids, r.ID)
	}
	return missing(l, ids, []string{scim.UserURN, scim.EnterpriseURN, scim.GroupURN})
}

// missing names what a list should hold and does not.
func missing(l line, have, want []string) line {
	var lacking []string
	for _, w := range want {
		if !slices.Contains(have, w) {
			lacking = append(lacking, w)
		}
	}
	l.text = strings.Join(have, ", ")
	if l.text == "" {
		l.text = "none"
	}
	if len(lacking) > 0 {
		l.outcome = reports.Warned
		l.fix = "not declared: " + strings.Join(lacking, ", ") + "; without them an admin gets fewer attributes to map"
	}
	return l
}
