package suites

import (
	"context"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Finding is the result of a check. It is in the spec report, in the entry named EntryName.
type Finding struct {
	ID         catalog.ID
	Expected   string // set if the check failed
	Actual     string
	Cause      string // set if the failure has another cause than that of the check
	Unanswered string // set if no response was received; the check is then errored
	Assertions int
	Exchanges  []*exchange.Exchange
}

// EntryName is the name of the report entry that contains a *Finding.
const EntryName = "scimdrill"

// Register adds the checks with the given ids to the tree under construction. Without ids, it
// adds every check.
func Register(s *session.Session, ids ...catalog.ID) {
	r := &registry{session: s, only: ids, checks: map[catalog.ID]catalog.Check{}}
	for _, c := range catalog.Checks() {
		r.checks[c.ID] = c
	}
	Describe("SCIM 2.0", func() { // a single top-level container keeps the order
		Describe("users", func() {
			r.usersCreate()
			r.usersValues()
			r.usersLife()
			r.usersSteady()
		})
		Describe("queries", func() {
			r.queriesMatch()
			r.queriesShape()
			r.queriesSteady()
			r.queriesOptional()
		})
		Describe("attributes", func() {
			r.attributesSimple()
			r.attributesLists()
			r.attributesExtension()
			r.attributesRefused()
			r.attributesSteady()
		})
		Describe("memberships", func() {
			r.groupsThemselves()
			r.membersAdd()
			r.membersRemove()
			r.membersReplace()
			r.groupsSteady()
			r.groupsNested()
		})
		Describe("protocol", func() {
			r.protocol()
			r.protocolSteady()
			r.protocolOptional()
			r.tenants()
		})
	})
}

type registry struct {
	session *session.Session
	only    []catalog.ID
	checks  map[catalog.ID]catalog.Check
}

// check registers the body of a check.
func (r *registry) check(id catalog.ID, body func(ctx context.Context, c *probe)) {
	entry, ok := r.checks[id]
	if !ok {
		panic("suites: unknown check: " + string(id)) // programmer error
	}
	if len(r.only) > 0 && !slices.Contains(r.only, id) {
		return
	}
	It(string(id)+" "+entry.Title, Offset(1), Label(entry.Labels()...), func(ctx SpecContext) {
		if ctx.Err() != nil {
			Skip("the run was cancelled")
		}
		c := &probe{Case: r.session.Begin(string(id)), finding: &Finding{ID: id}}
		c.gomega = gomega.NewGomega(c.failed)
		AddReportEntry(EntryName, ReportEntryVisibilityNever, c.finding)
		for _, feature := range entry.Needs {
			if why := r.session.Lacks(feature); why != "" {
				Skip(lacking(feature, why))
			}
		}
		defer func() {
			c.finding.Exchanges = c.Exchanges
			c.End(context.WithoutCancel(ctx))
		}()
		body(ctx, c)
	})
}

// lacking returns the reason to skip a check.
func lacking(feature, why string) string {
	if feature == catalog.Tenants {
		return why
	}
	return "the target does not support " + feature + ": " + why
}
