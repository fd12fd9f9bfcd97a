package options

import (
	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// jobChoices are the choices about cycles, restarts and the effect of failures on a job.
func jobChoices() []Choice {
	return []Choice{
		{
			Name: "badPatchCode", Default: "badRequest", Rule: "A-37", Evidence: "observed",
			Meaning: "badRequest, incompatible or short: error code of a PATCH with status 400. Logs show SystemForCrossDomainIdentityManagementBadRequest and …ServiceIncompatible (W-107); short is BadRequest",
			Apply: choice.Words(func(s *Settings, v string) { s.BadPatchCode = v }, choice.As("badRequest", ""),
				choice.As("incompatible", provlog.CodeServiceIncompatible), choice.As("short", "BadRequest")),
		},
		{
			Name: "escrowEnd", Default: "drop", Rule: "A-45", Evidence: "Microsoft page",
			Meaning: "drop or disable: whether 28 days of failures only end the retries of an object, or also disable the job",
			Apply:   choice.Either("drop", "disable", func(s *Settings, v bool) { s.Job.ExpiryDisables = v }),
		},
		{
			Name: "intervalFrom", Default: "start", Rule: "A-1", Evidence: "inferred",
			Meaning: "start or end: whether the interval runs from the start or the end of a cycle",
			Apply:   choice.Either("start", "end", func(s *Settings, v bool) { s.Job.EndToEnd = v }),
		},
		{
			Name: "onDemandEscrows", Default: "false", Rule: "A-43", Evidence: "inferred",
			Meaning: "cycles retry a failure of provisioning on demand",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.DemandEscrows = v }),
		},
		{
			Name: "onDemandLimit", Default: "false", Rule: "E-280", Evidence: "Microsoft page",
			Meaning: "refuse the sixth provisioning on demand within ten seconds, as the API does",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Job.DemandLimit = v }),
		},
		{
			Name: "onDemandStopped", Default: "false", Rule: "E-282", Evidence: "Microsoft page",
			Meaning: "refuse provisioning on demand with OAuth while the job runs; a simulated job never runs at that moment",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Job.DemandStopped = v }),
		},
		{
			Name: "progressBetweenCycles", Default: "last", Rule: "A-59", Evidence: "inferred",
			Meaning: "last or empty: whether the progress of the job between cycles is that of the last cycle that read objects, or empty",
			Apply:   choice.Either("last", "empty", func(s *Settings, v bool) { s.Job.IdleProgressEmpty = v }),
		},
		{
			Name: "restartDropsLinks", Default: "false", Rule: "A-16", Evidence: "Microsoft page",
			Meaning: "the portal's restart also clears the connector data store, as one error page says (E-53)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Job.RestartDropsLinks = v }),
		},
		{
			Name: "switchedOffAction", Default: "other", Rule: "A-36", Evidence: "inferred",
			Meaning: "other or name: how the log names an action that the mapping switches off",
			Apply:   choice.Either("other", "name", func(s *Settings, v bool) { s.Cycle.NameSkipped = v }),
		},
		{
			Name: "watermarkOnErrors", Default: "advance", Rule: "A-33", Evidence: "inferred",
			Meaning: "advance or stay: what the watermark does when objects fail in a cycle",
			Apply:   choice.Either("advance", "stay", func(s *Settings, v bool) { s.Job.HoldWatermark = v }),
		},
	}
}
