package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// changeable is an attribute that PATCH changes, with a new value.
func (s *script) changeable() (path string, value any) {
	if path = s.patched(); path != "" {
		return path, "Changed " + s.Name("v")
	}
	return "active", false
}

// shownValue reads the user, and says whether it has the value that was written.
func (s *script) shownValue(_ session.Response) string {
	if got := match.JSON(resource.Value(s.reread("Users", "user"), s.saved["path"])); got != s.saved["value"] {
		return "a success, and a read shows " + s.saved["path"] + " " + got
	}
	return ""
}

// reread reads what a step made.
func (s *script) reread(collection, saved string) map[string]any {
	a, err := s.Send(s.ctx, http.MethodGet, s.showing("/"+collection+"/"+s.saved[saved]), nil, nil)
	if err != nil {
		s.stop(err)
	}
	return a.Body
}

// hasMembers asserts the number of members of the group, after a write that succeeded.
func hasMembers(n int) assertion {
	return assertion{fmt.Sprintf("the group has %d members", n), func(s *script, _ session.Response) string {
		if got := len(memberIDs(s.reread("Groups", "group"))); got != n && !s.survey.Groups.Hidden {
			return fmt.Sprintf("a response after which the group has %d members", got)
		}
		return ""
	}}
}

// emptyGroup creates a group without members.
func emptyGroup() scriptStep {
	return scriptStep{"create a group without members", func(ctx context.Context, s *script) session.Response {
		s.saved["name"] = s.Name("team")
		a, _ := s.create(ctx, "Groups", s.required("Group", s.survey.Groups, ordered{{"schemas", []any{coreGroup}}, {"displayName", s.saved["name"]}}))
		s.saved["group"] = a.ID()
		return a
	}, []assertion{done()}}
}

// valueForms add and remove a member by a list of values: neither display nor type.
func valueForms() []scriptStep {
	by := func(name string) func(ctx context.Context, s *script) session.Response {
		return func(ctx context.Context, s *script) session.Response {
			return s.change(ctx, &thing{collection: "Groups", id: s.saved["group"]}, op(name, "members", refs(s.saved["user"])))
		}
	}
	return []scriptStep{
		emptyGroup(),
		{"PATCH a group: add a member", by("add"), []assertion{done(), hasMembers(1)}},
		{"PATCH a group: remove a member", by("remove"), []assertion{done(), hasMembers(0)}},
	}
}

// putForms replace a user.
func putForms() []scriptStep {
	return []scriptStep{{"PUT the user", func(ctx context.Context, s *script) session.Response {
		return s.replace(ctx, &thing{collection: "Users", id: s.saved["user"]}, s.reread("Users", "user"))
	}, []assertion{done()}}}
}

// wholeForms add members by an operation each, and replace the whole group without a path.
func wholeForms() []scriptStep {
	return []scriptStep{
		emptyGroup(),
		{"PATCH a group: an operation for each member", func(ctx context.Context, s *script) session.Response {
			a, _ := s.create(ctx, "Users", s.templated(s.oneLoginPerson("second")))
			s.saved["second"] = a.ID()
			return s.change(ctx, &thing{collection: "Groups", id: s.saved["group"]}, op("add", "members", refs(s.saved["user"])), op("add", "members", refs(s.saved["second"])))
		}, []assertion{done(), hasMembers(2)}},
		{"PATCH a group: replace all of it without a path", func(ctx context.Context, s *script) session.Response {
			return s.change(ctx, &thing{collection: "Groups", id: s.saved["group"]}, op("replace", "", map[string]any{
				"displayName": s.saved["name"], "members": refs(s.saved["user"]),
			}))
		}, []assertion{done(), hasMembers(1)}},
		{"query for the group by displayName", func(ctx context.Context, s *script) session.Response {
			return s.fetch(ctx, filtered("Groups", "displayName eq "+quoted(s.saved["name"])))
		}, []assertion{status(http.StatusOK), equals("Resources[0].id", savedAs("group"), "the one of the create")}},
	}
}

// deleteForms delete the user.
func deleteForms() []scriptStep {
	return []scriptStep{{"DELETE the user", func(ctx context.Context, s *script) session.Response {
		return s.send(ctx, http.MethodDelete, "/Users/"+s.saved["user"], nil)
	}, []assertion{done()}}}
}
