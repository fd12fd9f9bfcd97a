package options

import "github.com/scimdrill/scimdrill/simulator/choice"

// mappingChoices are the choices about attribute mappings.
func mappingChoices() []Choice {
	return []Choice{
		{
			Name: "defaultOnUpdate", Default: "false", Rule: "A-7", Evidence: "inferred",
			Meaning: "a default replaces null in updates as well as creates, as the Graph reference says",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Mapping.DefaultOnUpdate = v }),
		},
		{
			Name: "diacritics", Default: "listed", Rule: "A-60", Evidence: "Microsoft page",
			Meaning: "listed or allMarks: whether NormalizeDiacritics keeps a letter with two marks that the page does not list, such as those of Vietnamese, as users report too, or replaces it",
			Apply:   choice.Either("listed", "allMarks", func(s *Settings, v bool) { s.AllMarks = v }),
		},
		{
			Name: "lenientIIF", Default: "checks", Rule: "A-9", Evidence: "observed",
			Meaning: "checks, true or false: whether IIF is evaluated when an attribute in its condition is null: where IsPresent, IsNull or IsNullOrEmpty reads it, as in Microsoft's default mappings for Active Directory; always; or never, as the page says",
			Apply: func(s *Settings, text string) error {
				s.LenientIIF, s.StrictIIF = text == "true", text == "false"
				return choice.Words(func(*Settings, string) {}, choice.As("checks", ""), choice.As("true", ""), choice.As("false", ""))(s, text)
			},
		},
		{
			Name: "mappingErrors", Default: "fail", Rule: "A-32", Evidence: "inferred",
			Meaning: "fail or omit: whether an attribute that cannot be evaluated fails its object, or is omitted with a warning",
			Apply:   choice.Either("fail", "omit", func(s *Settings, v bool) { s.Mapping.OmitFailed = v }),
		},
		{
			Name: "readBeforeUpdate", Default: "true", Rule: "A-28", Evidence: "Microsoft page",
			Meaning: "an update reads the target object and writes the differences; false writes the source changes without a read",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.UnreadUpdates = !v }),
		},
		{
			Name: "sameRoleNames", Default: "ignore", Rule: "A-65", Evidence: "reported",
			Meaning: "ignore or quarantine: whether two app roles of one display name matter, where a mapping reads roles. Users report that the job is in quarantine then",
			Apply:   choice.Either("ignore", "quarantine", func(s *Settings, v bool) { s.Cycle.UniqueRoleNames = v }),
		},
		{
			Name: "severalRoles", Default: "first", Rule: "A-55", Evidence: "reported",
			Meaning: "first or fail: whether SingleAppRoleAssignment takes the first of several roles, or fails its object with the sentence that users reported",
			Apply:   choice.Either("first", "fail", func(s *Settings, v bool) { s.OneRoleOnly = v }),
		},
		{
			Name: "singleRole", Default: "displayName", Rule: "A-54", Evidence: "observed",
			Meaning: "displayName or value: what SingleAppRoleAssignment returns of a role. Guides of four vendors (2017 to 2026) show the display name, the page a value that equals it",
			Apply:   choice.Either("displayName", "value", func(s *Settings, v bool) { s.RoleValues = v }),
		},
		{
			Name: "unsupportedAdd", Default: "later", Rule: "A-63", Evidence: "observed",
			Meaning: "later or create: whether an attribute outside the core schemas and the extensions urn:ietf:params:scim:schemas:extension:…:2.0:User is left out of a create and follows in the next cycle, as a vendor's log shows, or is part of the create",
			Apply:   choice.Either("later", "create", func(s *Settings, v bool) { s.Cycle.CreateWhole = v }),
		},
		{
			Name: "switchDeltaDefect", Default: "false", Rule: "A-8", Evidence: "Microsoft page",
			Meaning: "a Switch with a default clears the target when only attributes that it does not read have changed (E-179)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.SwitchDeltaDefect = v }),
		},
	}
}
