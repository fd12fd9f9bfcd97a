package options

import (
	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// logChoices are the choices about the form of the provisioning log.
func logChoices() []Choice {
	return []Choice{
		{
			Name: "badCreateCode", Default: "incompatible", Rule: "A-48", Evidence: "observed",
			Meaning: "incompatible, badRequest or short: error code of a POST with status 400. Logs of 2026 show SystemForCrossDomainIdentityManagementServiceIncompatible, older ones …BadRequest",
			Apply: choice.Words(func(s *Settings, v string) { s.BadCreateCode = v }, choice.As("incompatible", ""),
				choice.As("badRequest", provlog.CodeBadRequest), choice.As("short", "BadRequest")),
		},
		{
			Name: "conflictCode", Default: "incompatibleFiltering", Rule: "A-47", Evidence: "observed",
			Meaning: "incompatibleFiltering or entryConflict: error code of a POST with status 409. A log of 2026-03 shows …ServiceIncompatibleFiltering, the error page EntryConflict",
			Apply:   choice.Words(func(s *Settings, v string) { s.ConflictCode = v }, choice.As("incompatibleFiltering", ""), choice.As("entryConflict", provlog.CodeEntryConflict)),
		},
		{
			Name: "outOfScopeEntry", Default: "create", Rule: "A-49", Evidence: "observed",
			Meaning: "create or other: whether the log calls an unlinked object out of scope a skipped create, as Microsoft answered in 2026-02, or another action with the keys of 2020",
			Apply:   choice.Either("create", "other", func(s *Settings, v bool) { s.Cycle.SkippedOther = v }),
		},
		{
			Name: "reportableIdentifier", Default: "userPrincipalName", Rule: "A-50", Evidence: "observed",
			Meaning: "userPrincipalName or objectId: how the log identifies a user in descriptions and ReportableIdentifier, as in samples of 2020 to 2026; groups always go by object id",
			Apply:   choice.Either("userPrincipalName", "objectId", func(s *Settings, v bool) { s.Cycle.NamedByID = v }),
		},
		{
			Name: "requiredMissing", Default: "skip", Rule: "A-46", Evidence: "observed",
			Meaning: "skip or fail: whether a create without a required value is skipped (AttributeValidationFailed), as in a log of 2022, or fails and is retried (MandatoryFieldsMissing)",
			Apply:   choice.Either("skip", "fail", func(s *Settings, v bool) { s.Cycle.FailIncomplete = v }),
		},
		{
			Name: "retrySteps", Default: "escrow", Rule: "A-52", Evidence: "observed",
			Meaning: "escrow or stages: whether the log of a retry has the step EntryEscrowRetry and the export, as in logs of 2022 and 2026-03, or all stages",
			Apply:   choice.Either("escrow", "stages", func(s *Settings, v bool) { s.Cycle.RetryStages = v }),
		},
		{
			Name: "stepDetails", Default: "values", Rule: "A-51", Evidence: "observed",
			Meaning: "values or none: whether import and export steps of the log hold source and exported values, as in samples of 2020 to 2026",
			Apply:   choice.Either("values", "none", func(s *Settings, v bool) { s.Cycle.PlainSteps = v }),
		},
	}
}
