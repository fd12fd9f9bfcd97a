package suites

import (
	"context"
	"errors"
	"fmt"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// EntryName is the name of the report entry that contains a *Finding.
const EntryName = "scimdrill"

// Register adds the checks with the given ids to the tree under construction. Without ids, it
// adds every check.
func Register(s *session.Session, ids ...catalog.ID) {
	selected := slices.DeleteFunc(specs(), func(c Spec) bool { return len(ids) > 0 && !slices.Contains(ids, c.ID) })
	Describe("SCIM 2.0", func() { // a single top-level container keeps the order
		for _, name := range []string{"users", "queries", "attributes", "memberships", "protocol"} {
			Describe(name, func() {
				for _, c := range selected {
					if c.Suite == name {
						register(s, c)
					}
				}
			})
		}
	})
}

// register adds one check.
func register(s *session.Session, spec Spec) {
	It(string(spec.ID)+" "+spec.Title, Offset(1), Label(spec.Labels()...), func(ctx SpecContext) {
		ended := context.Cause(ctx)
		if errors.Is(ended, context.Canceled) {
			Skip("the run was cancelled")
		}
		c := &probe{Case: s.Begin(string(spec.ID)), finding: &Finding{ID: spec.ID}}
		c.gomega = gomega.NewGomega(c.failed)
		AddReportEntry(EntryName, ReportEntryVisibilityNever, c.finding)
		if ended != nil {
			c.stop(fmt.Errorf("not run: %w", ended))
		}
		for _, feature := range spec.Needs {
			if why := s.Lacks(feature); why != "" {
				Skip(lacking(feature, why))
			}
		}
		defer func() {
			c.finding.Exchanges = c.Exchanges
			c.End(ctx)
		}()
		spec.body(ctx, c)
	})
}

// lacking returns the reason to skip a check.
func lacking(feature, why string) string {
	if feature == catalog.Tenants {
		return why
	}
	return "the target does not support " + feature + ": " + why
}
