package quarantine

import "fmt"

// Counts are what the rules by numbers look at (E-251, A-25).
type Counts struct {
	Failures   int64 // open escrows that are not references: F
	References int64 // open escrows of references: R
	Successes  int64 // successful exports since the escrows were last cleared: S
}

// Thresholds are the numbers of E-251. Options may lower them, so that a small tenant
// can show what a large one suffers.
type Thresholds struct {
	Evaluate   int64   // proportions are looked at from here on
	Base       int64   // more failures than this
	Total      int64   // more failures and reference failures than this
	Proportion float64 // a larger part of F / (F + S) than this
}

// Cause returns the cause that the counts give, or nil.
func (t Thresholds) Cause(c Counts) *Cause {
	switch {
	case c.Failures+c.References > t.Total:
		return counted(TotalEscrowThreshold, "%d objects and references failed; the limit is %d", c.Failures+c.References, t.Total)
	case c.Failures > t.Base:
		return counted(BaseEscrowThreshold, "%d objects failed; the limit is %d", c.Failures, t.Base)
	case c.Failures >= t.Evaluate && c.Failures > 0 &&
		float64(c.Failures) > t.Proportion*float64(c.Failures+c.Successes):
		return counted(EscrowProportionThreshold, "%d of %d objects failed", c.Failures, c.Failures+c.Successes)
	}
	return nil
}

func counted(r Reason, format string, args ...any) *Cause {
	return &Cause{Reason: r, Error: Error{Code: string(r), Message: fmt.Sprintf(format, args...), TenantActionable: true}}
}
