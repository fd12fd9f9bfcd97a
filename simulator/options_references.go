package simulator

import "github.com/scimdrill/scimdrill/simulator/dialect"

// referenceOptions are the choices about groups, members and managers on the wire.
func referenceOptions() []Option {
	return []Option{
		{
			Name: "checkReferences", Default: "false", Rule: "A-11", Evidence: "Microsoft page",
			Meaning: "a query asks whether a manager or a member is there before it is written, as with customappsso (E-136, W-20, W-21)",
			set:     boolean(func(s *settings, v bool) { s.dialect.CheckReferences = v }),
		},
		{
			Name: "clearedManager", Default: "keep", Rule: "W-C6", Evidence: "inferred",
			Meaning: "keep, empty, object or remove: what is sent when a user has no manager any more (W-64)",
			set: func(s *settings, text string) error {
				s.cycle.ClearManagers = text != "keep"
				return words(func(s *settings, v dialect.ManagerGone) { s.dialect.ManagerGone = v }, as("keep", dialect.ManagerEmpty),
					as("empty", dialect.ManagerEmpty), as("object", dialect.ManagerEmptyObject), as("remove", dialect.ManagerRemove))(s, text)
			},
		},
		{
			Name: "groupMatch", Default: "schema", Rule: "W-C13", Evidence: "observed",
			Meaning: "schema, displayName or externalId: by which attribute groups are matched (W-14)",
			set: words(func(s *settings, v string) { s.groupMatch = v }, as("schema", ""),
				as("displayName", "displayName"), as("externalId", "externalId")),
		},
		{
			Name: "managerValue", Default: "id", Rule: "A-11", Evidence: "observed",
			Meaning: "id, list or object: how a manager is written (W-C5); customappsso has the list always",
			set: words(func(s *settings, v dialect.ManagerForm) { s.dialect.ManagerForm = v }, as("id", dialect.ManagerID),
				as("list", dialect.ManagerList), as("object", dialect.ManagerObject)),
		},
		{
			Name: "memberAdd", Default: "add", Rule: "W-C8", Evidence: "Microsoft page",
			Meaning: "add or replace: how a member is added with the flag; logs of 2026 show a replace with the new member alone (W-84)",
			set:     choice("add", "replace", func(s *settings, v bool) { s.dialect.MemberReplace = v }),
		},
		{
			Name: "memberRef", Default: "none", Rule: "A-10", Evidence: "observed",
			Meaning: "none or null: whether members come with \"$ref\": null, as in a sample (W-C10)",
			set:     choice("none", "null", func(s *settings, v bool) { s.dialect.NullRef = v }),
		},
		{
			Name: "memberOrder", Default: "addsFirst", Rule: "A-23", Evidence: "inferred",
			Meaning: "addsFirst or removalsFirst: which memberships of a group are written first",
			set:     choice("addsFirst", "removalsFirst", func(s *settings, v bool) { s.cycle.RemovalsFirst = v }),
		},
		{
			Name: "membersPerPatch", Default: "1", Rule: "W-71", Evidence: "observed",
			Meaning: "how many members one PATCH adds or removes",
			set:     integer(1, func(s *settings, v int64) { s.cycle.MembersPerPatch = int(v) }),
		},
	}
}
