package suites

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// oktaClient is what all requests of Okta have in common (O-5).
func oktaClient() client {
	return client{
		name: "Okta",
		header: [][2]string{
			{"User-Agent", "Okta SCIM Client 1.0.0"},
			{"Accept", "application/scim+json"},
			{"Accept-Charset", "utf-8"},
			{"Accept-Encoding", "gzip,deflate"},
			{"Connection", "Keep-Alive"},
		},
		media: "application/scim+json; charset=utf-8",
		sees:  oktaTask,
	}
}

// oktaTask is the entry in Okta's list of tasks for an error (O-25, O-26).
func oktaTask(task string, a session.Response) string {
	text := reason(a) + ". Errors reported by remote server: "
	first := strings.TrimSpace(string(a.Raw[:min(len(a.Raw), 64)]))
	word := first[:len(first)-len(strings.TrimLeft(first, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
	switch {
	case a.Text("detail") != "":
		text += a.Detail()
	case a.JSON() || first == "":
		text = reason(a) + "."
	case word != "":
		text += "Invalid JSON: Unrecognized token '" + word + "'"
	default:
		text += "Invalid JSON"
	}
	if task == "" {
		return `Okta adds a task that ends with "` + text + `"`
	}
	return `Okta adds the task "` + task + text + `"`
}

// oktaQuery is the query by which Okta looks for a user or a group (O-9, O-40, O-71).
func oktaQuery(collection, attribute string, value any) string {
	return "/" + collection + "?filter=" + escaped(attribute+" eq "+quoted(value)) + "&startIndex=1&count=100"
}

// oktaPerson is a user as Okta creates it with its default mappings (O-42 to O-44).
func (w *wire) oktaPerson(what string) ordered {
	name := w.Name(what)
	return ordered{
		{"schemas", []any{coreUser}},
		{"userName", w.UserName(name)},
		{"name", ordered{{"givenName", "Conf"}, {"familyName", what}}},
		{"emails", []any{ordered{{"primary", true}, {"value", w.Mail(name)}, {"type", w.kind("emails")}}}},
		{"displayName", "Conf " + what},
		{"locale", w.fitting("locale", "en-US")},
		{"externalId", w.oktaID(name)},
		{"groups", []any{}},
		{"password", "gl^m&qW9"},
		{"active", true},
	}
}

// fitting is a value for an attribute, or the first one that the target announces for it.
func (w *wire) fitting(name, value string) string {
	if a := w.survey.Users.Find(name); a != nil && len(a.Canonical) > 0 {
		return a.Canonical[0]
	}
	return value
}

// oktaID is an id in the form of Okta's: 00u and 17 letters and digits (O-43). It has the run's id.
func (w *wire) oktaID(name string) string {
	run := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, w.People().Run)
	sum := sha256.Sum256([]byte(name))
	return "00u" + (run[:min(len(run), 9)] + base32.StdEncoding.EncodeToString(sum[:]))[:17]
}

// trimmed leaves out of a user what the target does not keep, as an administrator removes the
// mappings, and adds what it requires. groups, password and active are sent by Okta whatever is mapped.
func (w *wire) trimmed(body ordered) ordered {
	var gone []string
	for _, path := range []string{"name.givenName", "name.familyName", "emails", "displayName", "locale", "externalId"} {
		if w.survey.Lacks(w.survey.Users, path) != nil {
			gone = append(gone, path)
		}
	}
	return w.required("User", w.survey.Users, body.without(gone...))
}

// required adds what the target requires to a body.
func (w *wire) required(kind string, r survey.Resource, body ordered) ordered {
	object := body.object()
	name, _ := object[keyOf(kind+"s")].(string)
	name, _, _ = strings.Cut(name, "@")
	for _, a := range r.Attributes {
		if a.Required && resource.Value(object, a.Path) == nil {
			object = resource.With(object, a.Path, w.value(kind, a, name))
		}
	}
	return body.filled(object)
}

// oktaUser arranges a user as Okta creates it.
func (w *wire) oktaUser(ctx context.Context, what string) *thing {
	a, sent := w.create(ctx, "Users", w.trimmed(w.oktaPerson(what)))
	w.because("no-users", a, match.Made())
	t := &thing{collection: "Users", id: w.id(a), sent: sent}
	t.now = w.arranged(ctx, t)
	return t
}

// oktaTeam is a group as Okta creates it (O-72 to O-75).
func (w *wire) oktaTeam(what string, members []any) ordered {
	body := ordered{{"schemas", []any{coreGroup}}, {"displayName", w.Name(what)}, {"members", members}}
	return w.required("Group", w.survey.Groups, body)
}

// oktaMembers are members as Okta writes them (O-74).
func oktaMembers(users ...*thing) []any {
	out := []any{}
	for _, u := range users {
		out = append(out, ordered{{"value", u.id}, {"display", u.sent["userName"]}})
	}
	return out
}

// oktaGroup arranges a group with members, by the form of the mode that is asked: PATCH after the
// create, as for a catalogue app, or PUT, as for an app of the wizard.
func (w *wire) oktaGroup(ctx context.Context, what string, members ...*thing) *thing {
	a, sent := w.create(ctx, "Groups", w.oktaTeam(what, oktaMembers(members...)))
	w.because("no-groups", a, match.Made())
	g := &thing{collection: "Groups", id: w.id(a), sent: sent}
	g.now = w.arranged(ctx, g)
	if due := idsOf(members); !slices.Equal(memberIDs(g.now), due) {
		method, body := http.MethodPatch, patchOp(op(w.spelled("add"), "members", refs(due...)))
		if w.Lacks(catalog.Patch) != "" || !w.ability(catalog.Patch).Works {
			method, body = http.MethodPut, resource.With(g.now, "members", refs(due...))
		}
		added := w.do(ctx, method, g.path(), body)
		w.because("no-members", added, match.Success())
		g.now = w.arranged(ctx, g)
		w.manned(g, due, "no-members")
	}
	return g
}

// idsOf are the ids of things, sorted.
func idsOf(list []*thing) []string {
	ids := []string{}
	for _, t := range list {
		ids = append(ids, t.id)
	}
	slices.Sort(ids)
	return ids
}

// oktaCrew arranges users who become members.
func (w *wire) oktaCrew(ctx context.Context, n int) []*thing {
	list := make([]*thing, n)
	for i := range list {
		list[i] = w.oktaUser(ctx, fmt.Sprintf("m%d-", i))
	}
	return list
}
