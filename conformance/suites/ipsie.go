package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// ipsie are the checks that only the profiles ipsie-al1 and ipsie-al2 ask for. The profile is a
// draft, so they warn.
func ipsie() []Spec {
	words := func(id catalog.ID, rule, cause, title, fix string, needs ...string) catalog.Check {
		return catalog.Check{
			ID: id, Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Rule: rule, Cause: cause, Profile: "ipsie", Needs: needs,
			Basis: observed("OpenID IPSIE account lifecycle SCIM profile, draft 00", "https://openid.net/specs/ipsie-al-scim-profile-1_0.html"),
			Title: title, Fix: fix, Why: "The draft of the IPSIE profile demands it of applications.",
		}
	}
	return []Spec{
		check(words("IPS-001", "R-201", "filter-paths", "finds a user by emails[value eq …]", "Support a value path in filters."),
			func(ctx context.Context, p *probe) {
				p.byMail(ctx, func(_, mail string) string { return "emails[value eq " + quoted(mail) + "]" })
			}),
		check(words("IPS-002", "R-201", "filter-paths", "finds a user by emails[type eq … and value eq …]", "Support a value path with two conditions in filters."),
			func(ctx context.Context, p *probe) {
				p.byMail(ctx, func(kind, mail string) string {
					return "emails[type eq " + quoted(kind) + " and value eq " + quoted(mail) + "]"
				})
			}),
		check(words("IPS-003", "R-202", "not-kept", "keeps userName, displayName, active and externalId of users", "Store these four attributes of users."),
			func(ctx context.Context, p *probe) {
				p.keepsThese(ctx, p.survey.Users, "userName", "displayName", "active", "externalId")
			}),
		check(words("IPS-004", "R-202", "create", "creates a user without a password", "Do not require a password."),
			func(ctx context.Context, p *probe) {
				sent := p.person("plain", nil)
				delete(sent, "password")
				p.expect(p.post(ctx, "Users", "userName", sent), match.Made())
			}),
		check(words("IPS-005", "R-202", "group-attributes", "keeps displayName, members and externalId of groups", "Store these three attributes of groups.", catalog.GroupsHere),
			func(ctx context.Context, p *probe) {
				p.keepsThese(ctx, p.survey.Groups, "displayName", "externalId")
				ids := p.crew(ctx, 1)
				g := p.aGroup(ctx, "g", ids...)
				p.expect(slices.Equal(p.members(ctx, g.path()), ids), match.That("the group has its member", "the group has other members"))
			}),
		check(words("IPS-006", "R-158", "members-batch", "adds 50 members in one operation", "Accept at least 50 members in one operation.", catalog.GroupsHere, catalog.Patch),
			func(ctx context.Context, p *probe) {
				ids := slices.Sorted(slices.Values(p.crew(ctx, 50)))
				g := p.aGroup(ctx, "g")
				p.expect(p.patch(ctx, g.path(), op("add", "members", refs(ids...))), match.Success())
				now := p.members(ctx, g.path())
				p.expect(slices.Equal(now, ids), match.That("the group has the 50 members", "the group has "+match.JSON(len(now))+" members"))
			}),
		check(words("IPS-007", "R-167", "filter-members", "finds the groups of a user by members[value eq …]", "Support a value path on members in filters.", catalog.GroupsHere),
			func(ctx context.Context, p *probe) {
				ids := p.crew(ctx, 1)
				g := p.aGroup(ctx, "g", ids...)
				a := p.get(ctx, filtered("Groups", "members[value eq "+quoted(ids[0])+"]"))
				p.expect(a, match.Status(http.StatusOK))
				p.only(a, g.id)
			}),
		check(words("IPS-008", "R-202", "optional", "serves bulk requests", "Serve POST /Bulk (RFC 7644 section 3.7)."),
			func(ctx context.Context, p *probe) {
				list := []session.Planned{{Collection: "Users", Key: "userName", BulkID: "one", Body: p.person("bulk", nil)}}
				a, ids, err := p.MakeInBulk(ctx, list)
				if err != nil {
					p.stop(err)
				}
				p.last = a
				p.expect(a, match.Status(http.StatusOK))
				p.expect(ids["one"] != "", match.That("the response has the location of the new user", a.Request+" returned none"))
			}),
	}
}

// byMail asserts that a filter on mail addresses finds the one user that it selects.
func (p *probe) byMail(ctx context.Context, filter func(kind, mail string) string) {
	p.has("emails")
	u := p.aUser(ctx, "mail", nil)
	list, _ := resource.Value(u.now, "emails").([]any)
	p.because("not-kept", len(list) > 0, match.That("the user has a mail address", "it has none"))
	e, _ := list[0].(map[string]any)
	kind, _ := e[resource.Key(e, "type")].(string)
	mail, _ := e[resource.Key(e, "value")].(string)
	a := p.get(ctx, filtered("Users", filter(kind, mail)))
	p.expect(a, match.Status(http.StatusOK))
	p.only(a, u.id)
}

// keepsThese asserts that a resource type has attributes.
func (p *probe) keepsThese(ctx context.Context, r survey.Resource, names ...string) {
	p.expect(p.get(ctx, "/"+r.Name+"s?startIndex=1&count=1"), match.Status(http.StatusOK, http.StatusNotFound))
	for _, name := range names {
		l := p.survey.Lacks(r, name)
		if l != nil {
			p.expect(false, match.That(r.Name+" has "+name, l.Why))
		}
	}
}
