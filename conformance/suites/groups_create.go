package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsCreate are the checks of creating groups.
func groupsCreate() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-001", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-153", Cause: "create",
			Needs: []string{catalog.GroupsHere},
			Title: "creates a group without members",
			Why:   "Entra creates every group empty and adds members later.",
			Fix:   "Accept a group with members [] or without members.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			sent := p.team(p.Name("empty"))
			sent["members"] = []any{} // W-42
			g := p.makes(ctx, sent)
			p.expect(g.now["displayName"], match.Is("displayName", sent["displayName"]))
			p.expect(len(memberIDs(g.now)) == 0, match.That("the new group has no members", "it has members that nobody sent"))
		}),
		check(catalog.Check{
			ID: "MEM-012", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Needs: []string{catalog.GroupsHere},
			Title: "returns 409 for a second group with the same displayName",
			Why:   "Entra matches groups by name, so names must be unique.",
			Fix:   "Check that a group's displayName is unique, and return 409.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			again := p.team(p.Name("again"))
			again["displayName"] = g.sent["displayName"]
			a := p.post(ctx, "Groups", "displayName", again)
			p.expect(a, match.Status(http.StatusConflict))
			p.unmoved(ctx, g, a)
		}),
		check(catalog.Check{
			ID: "MEM-014", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "W-43", Cause: "group-schemas",
			Needs: []string{catalog.GroupsHere},
			Title: "accepts a group with a second schema URN",
			Why:   "Microsoft's own create example lists a custom URN beside the core schema.",
			Fix:   "Ignore unknown schema URNs.",
		}, func(ctx context.Context, p *probe) {
			sent := p.team(p.Name("two-urns"))
			sent["schemas"] = []string{coreGroup, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"}
			sent["meta"] = map[string]any{"resourceType": "Group"}
			a := p.post(ctx, "Groups", "displayName", sent)
			p.expect(a, match.Made())
			p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", sent["displayName"]))
		}),
		check(catalog.Check{
			ID: "MEM-015", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps special characters and spaces in a group name",
			Why:   "Groups have names such as \"R&D / EMEA (ext.)\".",
			Fix:   "Treat displayName as an opaque string.",
		}, func(ctx context.Context, p *probe) {
			sent := p.team(p.Name("plain"))
			p.makes(ctx, sent)
			sent = p.team(p.Name("s") + ` R&D/EMEA (x), "O'N" 9% Zü \ 東京`)
			a := p.post(ctx, "Groups", "displayName", sent)
			p.expect(a, match.Made())
			p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", sent["displayName"]))
		}),
		check(catalog.Check{
			ID: "MEM-038", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76, R-154", Cause: "members-post",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps the members of a new group",
			Why:   "Clients other than Entra, and restores, create a group together with its members.",
			Fix:   "Store members of POST /Groups.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			sent := p.team(p.Name("full"))
			sent["members"] = refs(ids...)
			a := p.post(ctx, "Groups", "displayName", sent)
			p.expect(a, match.Made())
			now := p.read(ctx, "/Groups/"+p.id(a))
			p.sameMembers(nil, sent, now, true, a)
			p.expect(now["displayName"], match.Is("displayName", sent["displayName"]))
		}),
		check(catalog.Check{
			ID: "MEM-039", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "members-answer",
			Needs: []string{catalog.GroupsHere},
			Title: "returns a new group as the next read shows it",
			Why:   "A client takes the response to a create as the state of the group, and compares its next changes with it.",
			Fix:   "Build the response from the group as it is stored.",
		}, func(ctx context.Context, p *probe) {
			sent := p.team(p.Name("echo"))
			if !p.survey.Asked || p.survey.Groups.MembersByPost.Works {
				sent["members"] = refs(p.crew(ctx, 2)...)
			}
			a := p.post(ctx, "Groups", "displayName", sent)
			p.because("no-groups", a, match.Made())
			p.echoes(a, p.read(ctx, "/Groups/"+p.id(a)))
		}),
		check(catalog.Check{
			ID: "MEM-040", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-77", Cause: "group-location",
			Needs: []string{catalog.GroupsHere},
			Title: "returns a Location header that leads to the new group",
			Why:   "A client that follows the URL must reach the same group.",
			Fix:   "Return the URL of the new group in Location.",
		}, func(ctx context.Context, p *probe) {
			a := p.post(ctx, "Groups", "displayName", p.team(p.Name("place")))
			p.because("no-groups", a, match.Made())
			id, location := p.id(a), a.Header.Get("Location")
			p.expect(location != "", match.That("POST /Groups returns a Location header", "the header is missing"))
			to, err := url.Parse(location)
			leads := err == nil && strings.HasSuffix(strings.TrimRight(to.Path, "/"), "/"+id)
			p.expect(leads, match.That("the Location header leads to /Groups/"+id, "it is "+match.JSON(location)))
			if path, ours := strings.CutPrefix(location, p.BaseURL()); ours {
				read := p.get(ctx, path)
				p.expect(read, match.Status(http.StatusOK))
				p.expect(read.Body["id"], match.Is("id of what Location leads to", id))
			}
		}),
		check(catalog.Check{
			ID: "MEM-041", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-58", Cause: "lists",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "shows a group in queries as in a read by id",
			Why:   "Entra reads groups by query. What a query leaves out counts as missing.",
			Fix:   "Serialize groups with one function, for lists and for single responses.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "shown", p.crew(ctx, 2)...)
			found := p.only(p.find(ctx, "Groups", "displayName", g.sent["displayName"]), g.id)
			p.shows(g, found, "a query by filter")
			if listed := p.listed(ctx, g); listed != nil {
				p.shows(g, listed, "a list")
			}
		}),
		check(catalog.Check{
			ID: "MEM-042", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names-similar",
			Needs: []string{catalog.GroupsHere},
			Title: "tells groups apart whose names contain each other",
			Why:   "Groups such as \"Sales\" and \"Sales EMEA\" exist beside each other. Rejecting one of them leaves it without members.",
			Fix:   "Compare whole names, without patterns and without splitting them into words.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "sales")
			name, _ := g.sent["displayName"].(string)
			for _, other := range []string{name + " EMEA", "All " + name, name + "_x", name + "%"} {
				a := p.post(ctx, "Groups", "displayName", p.team(other))
				p.expect(a, match.Made())
				p.expect(p.id(a) != g.id, match.That("the new group has an id of its own", "it has the id of the group "+match.JSON(name)))
			}
			p.unmoved(ctx, g, p.last)
		}),
	}
}

// makes creates a group from a body and reads it.
func (p *probe) makes(ctx context.Context, sent map[string]any) *thing {
	a := p.post(ctx, "Groups", "displayName", sent)
	p.because("no-groups", a, match.Made())
	g := &thing{collection: "Groups", id: p.id(a), sent: sent}
	g.now = p.arranged(ctx, g)
	return g
}

// listed returns a group from the first or the last page of all groups, or nil.
func (p *probe) listed(ctx context.Context, g *thing) map[string]any {
	if p.survey.Groups.Stuck {
		return nil
	}
	const page = 100
	first := p.get(ctx, fmt.Sprintf("/Groups?startIndex=1&count=%d", page)).Page()
	found := byID(first.Resources, g.id)
	if found == nil && first.Total > len(first.Resources) {
		last := p.get(ctx, fmt.Sprintf("/Groups?startIndex=%d&count=%d", max(1, first.Total-page/2), page)).Page()
		found = byID(last.Resources, g.id)
	}
	return found
}

// shows asserts that a resource in a list is as a read by id shows it.
func (p *probe) shows(g *thing, found map[string]any, where string) {
	for _, d := range resource.Compare(g.now, found, resource.Rules{Loose: func(string) bool { return true }}) {
		p.expect(false, match.That(
			d.Path+" is "+match.JSON(d.Want)+", as in a read by id", d.Path+" is "+match.JSON(d.Got)+" in "+where))
	}
}
