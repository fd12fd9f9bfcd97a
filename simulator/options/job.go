package options

import "github.com/scimdrill/scimdrill/simulator/provlog"

// jobChoices are the choices about cycles, restarts and what failures do to a job.
func jobChoices() []Choice {
	return []Choice{
		{
			Name: "badPatchCode", Default: "badRequest", Rule: "A-37", Evidence: "observed",
			Meaning: "the error code of a PATCH that is answered 400: badRequest or incompatible, which logs show (W-107: SystemForCrossDomainIdentityManagementBadRequest and …ServiceIncompatible), or short for BadRequest",
			apply: words(func(s *Settings, v string) { s.BadPatchCode = v }, as("badRequest", ""),
				as("incompatible", provlog.CodeServiceIncompatible), as("short", "BadRequest")),
		},
		{
			Name: "escrowEnd", Default: "drop", Rule: "A-45", Evidence: "Microsoft page",
			Meaning: "drop or disable: whether 28 days of failures end the retries of an object, or disable the job as well",
			apply:   choice("drop", "disable", func(s *Settings, v bool) { s.Job.ExpiryDisables = v }),
		},
		{
			Name: "intervalFrom", Default: "start", Rule: "A-1", Evidence: "inferred",
			Meaning: "start or end: from where in a cycle the time to the next one is counted",
			apply:   choice("start", "end", func(s *Settings, v bool) { s.Job.EndToEnd = v }),
		},
		{
			Name: "onDemandEscrows", Default: "false", Rule: "A-43", Evidence: "inferred",
			Meaning: "a failure of provisioning on demand is kept and tried again by cycles",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.DemandEscrows = v }),
		},
		{
			Name: "onDemandLimit", Default: "false", Rule: "E-280", Evidence: "Microsoft page",
			Meaning: "the sixth provisioning on demand in ten seconds is refused, as by the API",
			apply:   boolean(func(s *Settings, v bool) { s.Job.DemandLimit = v }),
		},
		{
			Name: "onDemandStopped", Default: "false", Rule: "E-282", Evidence: "Microsoft page",
			Meaning: "provisioning on demand with OAuth is refused while the job runs; a simulated job stands still anyway",
			apply:   boolean(func(s *Settings, v bool) { s.Job.DemandStopped = v }),
		},
		{
			Name: "restartDropsLinks", Default: "false", Rule: "A-16", Evidence: "Microsoft page",
			Meaning: "the portal's restart clears the connector data store too, as one error page says (E-53)",
			apply:   boolean(func(s *Settings, v bool) { s.Job.RestartDropsLinks = v }),
		},
		{
			Name: "switchedOffAction", Default: "other", Rule: "A-36", Evidence: "inferred",
			Meaning: "other or name: how the log calls an action that is switched off for the mapping",
			apply:   choice("other", "name", func(s *Settings, v bool) { s.Cycle.NameSkipped = v }),
		},
		{
			Name: "watermarkOnErrors", Default: "advance", Rule: "A-33", Evidence: "inferred",
			Meaning: "advance or stay: what the watermark does when objects failed in a cycle",
			apply:   choice("advance", "stay", func(s *Settings, v bool) { s.Job.HoldWatermark = v }),
		},
	}
}
