package simulator

import "github.com/scimdrill/scimdrill/simulator/provlog"

// jobOptions are the choices about cycles, restarts and what failures do to a job.
func jobOptions() []Option {
	return []Option{
		{
			Name: "badPatchCode", Default: "badRequest", Rule: "A-37", Evidence: "observed",
			Meaning: "the error code of a PATCH that is answered 400: badRequest or incompatible, which logs show (W-107: SystemForCrossDomainIdentityManagementBadRequest and …ServiceIncompatible), or short for BadRequest",
			set: words(func(s *settings, v string) { s.badPatch = v }, as("badRequest", ""),
				as("incompatible", provlog.CodeServiceIncompatible), as("short", "BadRequest")),
		},
		{
			Name: "escrowEnd", Default: "drop", Rule: "A-45", Evidence: "Microsoft page",
			Meaning: "drop or disable: whether 28 days of failures end the retries of an object, or disable the job as well",
			set:     choice("drop", "disable", func(s *settings, v bool) { s.job.ExpiryDisables = v }),
		},
		{
			Name: "intervalFrom", Default: "start", Rule: "A-1", Evidence: "inferred",
			Meaning: "start or end: from where in a cycle the time to the next one is counted",
			set:     choice("start", "end", func(s *settings, v bool) { s.job.EndToEnd = v }),
		},
		{
			Name: "onDemandEscrows", Default: "false", Rule: "A-43", Evidence: "inferred",
			Meaning: "a failure of provisioning on demand is kept and tried again by cycles",
			set:     boolean(func(s *settings, v bool) { s.cycle.DemandEscrows = v }),
		},
		{
			Name: "onDemandLimit", Default: "false", Rule: "E-280", Evidence: "Microsoft page",
			Meaning: "the sixth provisioning on demand in ten seconds is refused, as by the API",
			set:     boolean(func(s *settings, v bool) { s.job.DemandLimit = v }),
		},
		{
			Name: "onDemandStopped", Default: "false", Rule: "E-282", Evidence: "Microsoft page",
			Meaning: "provisioning on demand with OAuth is refused while the job runs; a simulated job stands still anyway",
			set:     boolean(func(s *settings, v bool) { s.job.DemandStopped = v }),
		},
		{
			Name: "restartDropsLinks", Default: "false", Rule: "A-16", Evidence: "Microsoft page",
			Meaning: "the portal's restart clears the connector data store too, as one error page says (E-53)",
			set:     boolean(func(s *settings, v bool) { s.job.RestartDropsLinks = v }),
		},
		{
			Name: "switchedOffAction", Default: "other", Rule: "A-36", Evidence: "inferred",
			Meaning: "other or name: how the log calls an action that is switched off for the mapping",
			set:     choice("other", "name", func(s *settings, v bool) { s.cycle.NameSkipped = v }),
		},
		{
			Name: "watermarkOnErrors", Default: "advance", Rule: "A-33", Evidence: "inferred",
			Meaning: "advance or stay: what the watermark does when objects failed in a cycle",
			set:     choice("advance", "stay", func(s *settings, v bool) { s.job.HoldWatermark = v }),
		},
	}
}
