package quarantine

import "time"

// Reason is Graph's quarantine reason (E-255, G-10).
type Reason string

// The reasons this engine can give.
const (
	BaseEscrowThreshold       Reason = "EncounteredBaseEscrowThreshold"
	TotalEscrowThreshold      Reason = "EncounteredTotalEscrowThreshold"
	EscrowProportionThreshold Reason = "EncounteredEscrowProportionThreshold"
	Exception                 Reason = "EncounteredQuarantineException"
)

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
}

// Cause is a reason with its error.
type Cause struct {
	Reason Reason
	Error  Error
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
