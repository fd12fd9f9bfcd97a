package catalog

// The kinds of evidence.
const (
	RFC       = "RFC"
	Microsoft = "Microsoft page"
	// Vendor is a page of the vendor of another client, and Captured a request of that client that
	// somebody recorded and published.
	Vendor   = "vendor page"
	Captured = "captured"
	Observed = "observed"
	// Reported is what somebody says that a client does, without showing the request.
	Reported = "reported"
	Inferred = "inferred"
)

// Basis is a piece of evidence: its kind, its title and its URL.
type Basis struct {
	Kind, Ref, URL string
}

// Read is the date on which the evidence was last read.
const Read = "2026-11-21"
