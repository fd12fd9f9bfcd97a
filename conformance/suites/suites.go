package suites

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/invariant"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// EntryName is the name of the report entry that contains a *Finding.
const EntryName = "scimdrill"

// Suite is a selection of checks for one target.
type Suite struct {
	Session *session.Session
	// Survey is what is known of the target; nil asks it before the first check.
	Survey *survey.Survey
	// Only are the ids of the checks; empty selects all.
	Only []catalog.ID
	// Context ends the checks of a parallel run. Parallel is how many of them run at once; 0 and 1
	// run one after the other.
	Context  context.Context //nolint:containedctx // Ginkgo's own ends with each spec
	Parallel int
	// Random is the seed for a random order of the checks; 0 keeps the order of the catalogue.
	Random int64
	// Sample is how long the request rate is measured, by the check that does so; 0 leaves it out.
	Sample time.Duration
	// Steps and Seed are the length and the seed of the random sequences of requests that are compared
	// with a model; 0 is a short run with a fixed seed.
	Steps int
	Seed  uint64
	// Deep is how long the target takes for random sequences beyond these steps, until the check ends.
	Deep time.Duration
	// Access looks whether a person gets in, for the checks of leavers; nil leaves them out.
	Access *Access
	// Ended is called as soon as a check has ended, in whatever order they do, with their number and
	// their share of the time, from 0 to 1; it may be nil. It is not called twice at once.
	Ended func(done int, share float64)
	// Transcript watches the session. Rules about all responses are judged by it. If it is nil, the
	// suite makes one.
	Transcript *invariant.Transcript

	known func() *survey.Survey
	stock *stock
	told  *progress
}

// Register adds the checks with the given ids to the tree under construction. Without ids, it
// adds every check.
func Register(s *session.Session, ids ...catalog.ID) { Suite{Session: s, Only: ids}.Register() }

// Register adds the checks to the tree under construction.
func (s Suite) Register() {
	s.known = sync.OnceValue(func() *survey.Survey { return s.Survey })
	if s.Survey == nil {
		s.known = sync.OnceValue(s.ask)
	}
	s.Transcript = watched(s.Session, s.Transcript)
	s.stock = &stock{begin: func() *probe { return s.probe(Spec{Check: catalog.Check{ID: "crew"}}, s.Session.Begin("crew")) }}
	selected := s.order(slices.DeleteFunc(specs(), func(c Spec) bool {
		return len(s.Only) > 0 && !slices.Contains(s.Only, c.ID) || len(s.Only) == 0 && c.Profile != ""
	}))
	s.told = s.progress(selected)
	ahead := s.ahead(selected)
	sample := s.sampled(cmp.Or(s.Context, context.Background()), selected)
	Describe("SCIM 2.0", Ordered, ContinueOnFailure, func() { // rules about all responses come last
		AfterAll(func(ctx SpecContext) { s.Session.Publish(s.stock.end(ctx)) })
		for i, c := range selected {
			Describe(c.Suite, func() {
				It(string(c.ID)+" "+c.Title, Label(c.Labels()...), func(ctx SpecContext) {
					if c.body == nil {
						s.told.ended(c)
						s.report(s.judged(c, sample()))
						return
					}
					s.spec(ctx, c, ahead(i))
				})
			})
		}
	})
}

// order sorts checks by suite, or shuffles them. Checks that must be last are last, and rules come
// after them.
func (s Suite) order(list []Spec) []Spec {
	names := []string{"users", "queries", "attributes", "memberships", "protocol", "validator", "leavers", "okta", "onelogin", "forms"}
	slices.SortStableFunc(list, func(a, b Spec) int { return slices.Index(names, a.Suite) - slices.Index(names, b.Suite) })
	if s.Random != 0 {
		r := rand.New(rand.NewPCG(uint64(s.Random), 0)) //nolint:gosec // an order is no secret
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	place := func(c Spec) int {
		switch {
		case c.body == nil:
			return 2
		case c.last:
			return 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b Spec) int { return place(a) - place(b) })
	return list
}

// ask surveys the target, and removes what it made for that.
func (s Suite) ask() *survey.Survey {
	ctx := context.Background()
	c := s.Session.Begin("survey")
	v, err := survey.Ask(ctx, c, survey.Options{})
	c.End(ctx)
	s.Session.Publish(c.Transcript())
	if err != nil || v.Stop != nil {
		return &survey.Survey{} // the checks themselves say what is wrong
	}
	return v
}

// spec gives Ginkgo the result of a check. Without a result from a worker, it runs the check.
func (s Suite) spec(ctx SpecContext, c Spec, result func() *Finding) {
	var f *Finding
	switch {
	case result != nil:
		f = result()
	default:
		if f = over(ctx, c); f == nil {
			f = s.run(ctx, c)
		}
		s.told.ended(c)
	}
	s.report(f)
}

// report gives Ginkgo a finding.
func (s Suite) report(f *Finding) {
	for _, entry := range f.entries() {
		AddReportEntry(EntryName, ReportEntryVisibilityNever, entry)
	}
	s.Session.Publish(f.transcript)
	switch f = f.worst(); f.Ending {
	case Failed:
		Fail(f.Fact.Actual)
	case Errored:
		Fail("errored: " + f.Why)
	case Blocked, Skipped:
		Skip(f.Why)
	case Passed:
	}
}
