package reports

// Baseline is an earlier report whose findings do not fail a run.
type Baseline struct {
	// Where is the file of the report.
	Where string `json:"where"`
	// RunID is the id of its run.
	RunID string `json:"runId,omitempty"`
	// Known is the number of findings that are no worse than in it.
	Known int `json:"known"`
}

// Against accepts the findings that are no worse than in an earlier report. They count as
// skipped, and as known. A finding that is worse, new, or has another cause stays. So does an
// errored check, because it says nothing about the target.
func (c *Conformance) Against(old *Report, where string) {
	before := entriesOf(section(old).Checks)
	c.Baseline = &Baseline{Where: where, RunID: old.Run.ID}
	for i := range c.Checks {
		check := &c.Checks[i]
		was, there := before.byKey[check.Key()]
		if k, worse := changeOf(was, *check, there); check.Outcome != Failed && check.Outcome != Warned || !there || worse && k.Trend == TrendWorse {
			continue
		}
		check.Accepted = &Accepted{Found: check.Outcome, Reason: "no worse than in the baseline", Where: where}
		check.SkipReason = string(check.Outcome) + ", as in the baseline " + where
		check.Outcome = Skipped
		c.Baseline.Known++
	}
	described := map[string]Cause{}
	for _, cause := range c.Causes {
		described[cause.Key] = cause
	}
	c.Summary, c.Causes = Summarize(c.Checks), GroupByCause(c.Checks, func(key string) Cause { return described[key] })
}
