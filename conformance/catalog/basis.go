package catalog

// The kinds of evidence.
const (
	RFC       = "RFC"
	Microsoft = "Microsoft page"
	Observed  = "observed"
	Inferred  = "inferred"
)

// Basis is a piece of evidence: its kind, its title and its URL.
type Basis struct {
	Kind, Ref, URL string
}

// Read is the date on which the evidence was last read.
const Read = "2026-11-21"
