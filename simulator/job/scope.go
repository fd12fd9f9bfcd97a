package job

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
)

// Scope is what a restart resets: Graph's resetScope, a set of flags (E-265 to E-272).
type Scope uint8

// The flags of Graph. A scope without any of them is None, which only starts the job.
const (
	Watermark Scope = 1 << iota
	Escrows
	QuarantineState
	ConnectorDataStore
	ForceDeletes

	// Portal is what Restart provisioning does, and a restart with empty criteria (E-265, G-29).
	Portal = Watermark | Escrows | QuarantineState
	// Full is everything but ForceDeletes (E-271, A-16).
	Full = Portal | ConnectorDataStore
)

// scopeNames are the flags in the order in which they are written.
func scopeNames() []struct {
	name  string
	scope Scope
} {
	return []struct {
		name  string
		scope Scope
	}{
		{"Full", Full},
		{"Watermark", Watermark},
		{"Escrows", Escrows},
		{"QuarantineState", QuarantineState},
		{"ConnectorDataStore", ConnectorDataStore},
		{"ForceDeletes", ForceDeletes},
	}
}

// ParseScope reads a resetScope such as "Watermark, Escrows"; an empty one is the portal's restart.
func ParseScope(text string) (Scope, error) {
	if strings.TrimSpace(text) == "" {
		return Portal, nil
	}
	var s Scope
	known := []string{"None"}
	for _, n := range scopeNames() {
		known = append(known, n.name)
	}
parts:
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if strings.EqualFold(part, "None") {
			continue
		}
		for _, n := range scopeNames() {
			if strings.EqualFold(part, n.name) {
				s |= n.scope
				continue parts
			}
		}
		return 0, nearest.Unknown("reset scope", part, known, "use "+strings.Join(known, ", ")+", separated by commas")
	}
	return s, nil
}

// Has reports whether all flags of t are in s.
func (s Scope) Has(t Scope) bool { return s&t == t }

// String writes the scope as Graph takes it.
func (s Scope) String() string {
	if s == 0 {
		return "None"
	}
	var names []string
	for _, n := range scopeNames() {
		if s.Has(n.scope) {
			names = append(names, n.name)
			s &^= n.scope
		}
	}
	return strings.Join(names, ", ")
}
