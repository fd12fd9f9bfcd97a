package quarantine

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Reason is Graph's quarantine reason (E-255, G-10).
type Reason string

// The reasons of Graph. Exception, the three by counts and TooManyDeletes come out of
// cycles; OnDemand is imposed by Microsoft, IngestionInterrupted belongs to API-driven
// inbound jobs, and Unknown is Graph's word for the rest, so this engine gives none of them.
const (
	BaseEscrowThreshold       Reason = "EncounteredBaseEscrowThreshold"
	TotalEscrowThreshold      Reason = "EncounteredTotalEscrowThreshold"
	EscrowProportionThreshold Reason = "EncounteredEscrowProportionThreshold"
	Exception                 Reason = "EncounteredQuarantineException"
	TooManyDeletes            Reason = "TooManyDeletes"
	OnDemand                  Reason = "QuarantinedOnDemand"
	IngestionInterrupted      Reason = "IngestionInterrupted"
	Unknown                   Reason = "Unknown"
)

// Counted reports whether a reason comes from the numbers of E-251.
func (r Reason) Counted() bool {
	return r == BaseEscrowThreshold || r == TotalEscrowThreshold || r == EscrowProportionThreshold
}

// Error is why, in Graph's synchronizationError (G-8).
type Error struct {
	Code             string `json:"code"`
	Message          string `json:"message"`
	TenantActionable bool   `json:"tenantActionable"`
}

// Event is the end of one cycle, as far as quarantine is concerned.
type Event struct {
	// At is the virtual instant.
	At time.Time
	// Cause is set when the cycle failed by nature (E-250) or the counts say so.
	Cause *Cause
	// Attempts are the times after the series began at which cycles are tried, each later
	// than the one before; after the last one they come daily. Nil is what A-26 says.
	Attempts []time.Duration
}

// Cause is a reason with its error.
type Cause struct {
	Reason Reason
	Error  Error
	// Fault is what Error puts into words; nil where counts are the cause.
	Fault *provlog.Fault
}

// Failed is the cause of a fault that puts a job into quarantine by its nature (E-250).
func Failed(code string, f *provlog.Fault) *Cause {
	return &Cause{Reason: Exception, Error: Error{Code: code, Message: f.Line(), TenantActionable: true}, Fault: f}
}

// Brief is the message without the response that it quotes.
func (c *Cause) Brief() string {
	if c.Fault != nil {
		return c.Fault.Brief()
	}
	return c.Error.Message
}

// Notice is what the change of state is to be announced as; one mail when a series
// begins and one more when its reason changes (E-335).
type Notice string

// The notices.
const (
	None          Notice = ""
	Entered       Notice = "entered"
	Kept          Notice = "kept"
	ReasonChanged Notice = "reasonChanged"
	Left          Notice = "left"
	Disabled      Notice = "disabled"
)
