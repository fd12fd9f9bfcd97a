package options

import "github.com/scimdrill/scimdrill/simulator/dialect"

// referenceChoices are the choices about groups, members and managers on the wire.
func referenceChoices() []Choice {
	return []Choice{
		{
			Name: "checkReferences", Default: "false", Rule: "A-11", Evidence: "Microsoft page",
			Meaning: "query for a manager or member before writing the reference, as with customappsso (E-136, W-20, W-21)",
			apply:   boolean(func(s *Settings, v bool) { s.Dialect.CheckReferences = v }),
		},
		{
			Name: "clearedManager", Default: "keep", Rule: "W-C6", Evidence: "inferred",
			Meaning: "keep, empty, object or remove: what to send when a user no longer has a manager (W-64)",
			apply: func(s *Settings, text string) error {
				s.Cycle.ClearManagers = text != "keep"
				return words(func(s *Settings, v dialect.ManagerGone) { s.Dialect.ManagerGone = v }, as("keep", dialect.ManagerEmpty),
					as("empty", dialect.ManagerEmpty), as("object", dialect.ManagerEmptyObject), as("remove", dialect.ManagerRemove))(s, text)
			},
		},
		{
			Name: "groupMatch", Default: "schema", Rule: "W-C13", Evidence: "observed",
			Meaning: "schema, displayName or externalId: the attribute by which groups are matched (W-14)",
			apply: words(func(s *Settings, v string) { s.GroupMatch = v }, as("schema", ""),
				as("displayName", "displayName"), as("externalId", "externalId")),
		},
		{
			Name: "managerValue", Default: "id", Rule: "A-11", Evidence: "observed",
			Meaning: "id, list or object: how to write a manager (W-C5); customappsso always uses the list",
			apply: words(func(s *Settings, v dialect.ManagerForm) { s.Dialect.ManagerForm = v }, as("id", dialect.ManagerID),
				as("list", dialect.ManagerList), as("object", dialect.ManagerObject)),
		},
		{
			Name: "memberAdd", Default: "add", Rule: "W-C8", Evidence: "Microsoft page",
			Meaning: "add or replace: how to add a member with the flag; logs of 2026 show a replace with only the new member (W-84)",
			apply:   choice("add", "replace", func(s *Settings, v bool) { s.Dialect.MemberReplace = v }),
		},
		{
			Name: "memberRef", Default: "none", Rule: "A-10", Evidence: "observed",
			Meaning: "none or null: whether members have \"$ref\": null, as in a sample (W-C10)",
			apply:   choice("none", "null", func(s *Settings, v bool) { s.Dialect.NullRef = v }),
		},
		{
			Name: "memberOrder", Default: "addsFirst", Rule: "A-23", Evidence: "inferred",
			Meaning: "addsFirst or removalsFirst: which membership changes of a group to write first",
			apply:   choice("addsFirst", "removalsFirst", func(s *Settings, v bool) { s.Cycle.RemovalsFirst = v }),
		},
		{
			Name: "membersPerPatch", Default: "1", Rule: "W-71", Evidence: "observed",
			Meaning: "number of members that one PATCH adds or removes",
			apply:   integer(1, func(s *Settings, v int64) { s.Cycle.MembersPerPatch = int(v) }),
		},
	}
}
