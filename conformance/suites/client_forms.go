package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// clientForms are small sets of requests of clients of which little is known. They warn: what they rest
// on is reported. Each set is one check, and each assertion a subject of it.
func clientForms() []Spec {
	plain := func(name, media string, header ...[2]string) func() client {
		return func() client { return client{name: name, media: media, header: header} }
	}
	const scim = "application/scim+json"
	return []Spec{
		formsOf(1, "google", "X-2", plain("Google Workspace", "application/json", [2]string{"User-Agent", "Google-Auto-Provisioning"}, [2]string{"Accept", "application/json"}),
			reported("pond/scimitar/issues/142"),
			slices.Concat(listForms(), userForms()[:2])),
		formsOf(2, "jumpcloud", "X-1", plain("JumpCloud", scim),
			reported("kortix-ai/suna/issues/4894"),
			slices.Concat(listForms(), userForms(), valueForms())),
		formsOf(3, "authentik", "X-4", plain("authentik", scim),
			catalog.Basis{Kind: catalog.Reported, Ref: "authentik's SCIM provider", URL: "https://docs.goauthentik.io"},
			slices.Concat(configForms(), userForms()[:2], putForms(), wholeForms(), deleteForms())),
		formsOf(4, "ping", "X-3", plain("PingOne", scim),
			catalog.Basis{Kind: catalog.Reported, Ref: "PingOne's SCIM outbound provisioning", URL: "https://docs.pingidentity.com"},
			slices.Concat(listForms()[2:], userForms()[:2], deleteForms())),
	}
}

// formsOf makes the check of a client's forms.
func formsOf(number int, name, rule string, c func() client, basis catalog.Basis, steps []scriptStep) Spec {
	return check(catalog.Check{
		ID: catalog.ID(fmt.Sprintf("FRM-%03d", number)), Suite: "forms", About: catalog.Protocol, Level: catalog.Client, Basis: basis, Rule: rule, Cause: "client-form",
		Profile: name, Subjects: subjects(steps), Title: "handles the known requests of " + c().name,
		Why: "Customers connect " + c().name + " to the same endpoint. Only some of its requests are known, and those by report.",
		Fix: "Handle the request that is named.",
	}, func(ctx context.Context, p *probe) {
		w := p.as(c())
		w.sees = nil
		s := &script{wire: w, saved: map[string]string{}}
		for _, step := range steps {
			group, patch := strings.Contains(step.name, "group"), strings.Contains(step.name, "PATCH")
			if group && (!p.survey.Groups.There && p.survey.Asked || p.Lacks(catalog.GroupsHere) != "") || patch && p.Lacks(catalog.Patch) != "" {
				continue
			}
			s.steps = append(s.steps, step)
		}
		s.play(ctx)
	})
}

// done asserts a status that says that a write succeeded.
func done() assertion {
	return assertion{"status is 200, 201 or 204", func(_ *script, a session.Response) string {
		if slices.Contains([]int{http.StatusOK, http.StatusCreated, http.StatusNoContent}, a.Status) {
			return ""
		}
		return fmt.Sprintf("status %d%s", a.Status, said(a))
	}}
}

// listForms are lists, and a query for an address that nobody has.
func listForms() []scriptStep {
	return []scriptStep{
		{"list users", func(ctx context.Context, s *script) session.Response { return s.fetch(ctx, "/Users") }, []assertion{status(http.StatusOK)}},
		{"list groups", func(ctx context.Context, s *script) session.Response { return s.fetch(ctx, "/Groups") }, []assertion{status(http.StatusOK)}},
		{"query for an unknown user", func(ctx context.Context, s *script) session.Response {
			return s.fetch(ctx, filtered("Users", "userName eq "+quoted(s.UserName(s.Name("nobody")))))
		}, []assertion{{"nobody is found", func(_ *script, a session.Response) string {
			if a.Status == http.StatusNotFound || a.Status == http.StatusOK && len(a.Page().Resources) == 0 {
				return ""
			}
			return fmt.Sprintf("status %d with %d resources", a.Status, len(a.Page().Resources))
		}}}},
	}
}

// configForms is the request that opens a synchronization.
func configForms() []scriptStep {
	return []scriptStep{{"read /ServiceProviderConfig", func(ctx context.Context, s *script) session.Response {
		return s.fetch(ctx, "/ServiceProviderConfig")
	}, []assertion{status(http.StatusOK)}}}
}

// userForms are a create, a read, and a PATCH with a path.
func userForms() []scriptStep {
	return []scriptStep{
		{"create a user", func(ctx context.Context, s *script) session.Response {
			a, _ := s.create(ctx, "Users", s.templated(s.oneLoginPerson("form")))
			s.saved["user"] = a.ID()
			return a
		}, []assertion{done()}},
		{"read the user", func(ctx context.Context, s *script) session.Response { return s.fetch(ctx, "/Users/"+s.saved["user"]) }, []assertion{
			status(http.StatusOK), equals("id", savedAs("user"), "the one of the create"),
		}},
		{"PATCH an attribute of the user by path", func(ctx context.Context, s *script) session.Response {
			path, value := s.changeable()
			a := s.change(ctx, &thing{collection: "Users", id: s.saved["user"]}, op("replace", path, value))
			s.saved["path"], s.saved["value"] = path, match.JSON(value)
			return a
		}, []assertion{done(), {"the next read shows the value", (*script).shownValue}}},
	}
}
