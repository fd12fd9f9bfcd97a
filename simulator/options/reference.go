package options

import (
	"github.com/scimdrill/scimdrill/simulator/dialect"

	"github.com/scimdrill/scimdrill/simulator/choice"
)

// referenceChoices are the choices about groups, members and managers on the wire.
func referenceChoices() []Choice {
	return []Choice{
		{
			Name: "checkReferences", Default: "false", Rule: "A-11", Evidence: "Microsoft page",
			Meaning: "query for a manager or member before writing the reference, as with customappsso (E-136, W-20, W-21)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Dialect.CheckReferences = v }),
		},
		{
			Name: "clearedManager", Default: "dialect", Rule: "A-56", Evidence: "observed",
			Meaning: "dialect, keep, filter, filterURN, empty, object or remove: what to send when a user no longer has a manager (W-64). With the flag, dialect is filter: a removal of manager[value eq \"id\"] (2023); a capture of 2026 differs in the URN. Without the flag nothing is sent",
			Apply: choice.Words(func(s *Settings, v dialect.ManagerGone) { s.Dialect.ManagerGone = v }, choice.As("dialect", dialect.ManagerByDialect),
				choice.As("keep", dialect.ManagerKept), choice.As("filter", dialect.ManagerFilter), choice.As("filterURN", dialect.ManagerFilterURN),
				choice.As("empty", dialect.ManagerEmpty), choice.As("object", dialect.ManagerEmptyObject), choice.As("remove", dialect.ManagerRemove)),
		},
		{
			Name: "groupMatch", Default: "schema", Rule: "W-C13", Evidence: "observed",
			Meaning: "schema, displayName or externalId: the attribute by which groups are matched (W-14)",
			Apply: choice.Words(func(s *Settings, v string) { s.GroupMatch = v }, choice.As("schema", ""),
				choice.As("displayName", "displayName"), choice.As("externalId", "externalId")),
		},
		{
			Name: "managerValue", Default: "id", Rule: "A-11", Evidence: "observed",
			Meaning: "id, list or object: how to write a manager (W-C5); customappsso always uses the list",
			Apply: choice.Words(func(s *Settings, v dialect.ManagerForm) { s.Dialect.ManagerForm = v }, choice.As("id", dialect.ManagerID),
				choice.As("list", dialect.ManagerList), choice.As("object", dialect.ManagerObject)),
		},
		{
			Name: "memberAdd", Default: "add", Rule: "W-C8", Evidence: "Microsoft page",
			Meaning: "add or replace: how to add a member with the flag; logs of 2026 show a replace with only the new member (W-84)",
			Apply:   choice.Either("add", "replace", func(s *Settings, v bool) { s.Dialect.MemberReplace = v }),
		},
		{
			Name: "memberQuery", Default: "whole", Rule: "A-62", Evidence: "observed",
			Meaning: "whole or id: whether the query for a member asks for the whole group (W-21), or adds attributes=id as one vendor's page shows; with customappsso or checkReferences",
			Apply:   choice.Either("whole", "id", func(s *Settings, v bool) { s.Cycle.ShortMemberQuery = v }),
		},
		{
			Name: "memberRef", Default: "dialect", Rule: "A-10", Evidence: "observed",
			Meaning: "dialect, none or null: whether members have \"$ref\": null (W-C10): with customappsso, as in a capture of 2019; never; or always",
			Apply: choice.Words(func(s *Settings, v dialect.MemberRef) { s.Dialect.MemberRef = v }, choice.As("dialect", dialect.RefByDialect),
				choice.As("none", dialect.NoRef), choice.As("null", dialect.NullRef)),
		},
		{
			Name: "memberOrder", Default: "addsFirst", Rule: "A-23", Evidence: "inferred",
			Meaning: "addsFirst or removalsFirst: which membership changes of a group to write first",
			Apply:   choice.Either("addsFirst", "removalsFirst", func(s *Settings, v bool) { s.Cycle.RemovalsFirst = v }),
		},
		{
			Name: "membersPerPatch", Default: "1", Rule: "W-71", Evidence: "observed",
			Meaning: "number of members that one PATCH adds or removes",
			Apply:   choice.Integer(1, func(s *Settings, v int64) { s.Cycle.MembersPerPatch = int(v) }),
		},
	}
}
