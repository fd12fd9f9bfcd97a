package conformance

import (
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/cause"
	"github.com/scimdrill/scimdrill/conformance/expect"
	"github.com/scimdrill/scimdrill/conformance/invariant"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
)

// Target describes the endpoint under test and how to reach it.
type Target struct {
	URL string
	// Header is sent with every request. Put Authorization here.
	Header http.Header
	// OtherTenant is Header with the credentials of another tenant of the same service. That tenant
	// must not see the objects that the checks create. If it is nil, the tenancy checks are left
	// out, or skipped if they were selected explicitly.
	OtherTenant http.Header
	// Sender sends the requests; nil sends them by http.DefaultTransport, with the usual limits.
	Sender *exchange.Sender
	// Redact removes secrets from the report; nil redacts only the usual headers.
	Redact *exchange.Redactor
	// Journal records every object before it is created; nil keeps no journal.
	Journal *journal.Journal
	// Record is called with every exchange; it may be nil.
	Record func(*exchange.Exchange)
	// Wait lets time pass for the target: what it asks for with 429 or 503, and between two changes
	// whose dates must differ. If it is nil, Run sleeps.
	Wait func(context.Context, time.Duration) error
}

// Options select the checks and set how findings are graded.
type Options struct {
	// Profiles set how findings are graded and which checks run. ENTRA requirements fail under
	// entra and warn under rfc alone; attributes and groups limit which checks run. If neither
	// rfc nor entra is given, both apply. A profile with a table, such as validator-preview, selects
	// the checks that decide its rows.
	Profiles []string
	Checks   []string // ids, or id[subject]; empty selects all
	Levels   []string // MUST, SHOULD, ENTRA; empty selects all
	Features []string // selects checks that need one of them; empty selects all
	// LabelFilter is a Ginkgo label filter over the labels id:, level:, suite:, profile: and feature:.
	LabelFilter string
	// Expect lists known findings; nil means none. Their expiry dates are compared with Today.
	Expect *expect.File
	Today  time.Time
	RunID  string
	Keep   bool
	// Mapped are the paths that a mapping sends, such as "User.title". They are asked for even if
	// the target does not announce them.
	Mapped []string
	// Matching are the attributes that the mapping matches by, such as "User.userName".
	Matching []string
	// Require are features and attributes, such as groups and name.givenName, without which the
	// run fails. Otherwise, what a target lacks is not judged.
	Require []string
	// Quick selects the checks that find most for each request.
	Quick bool
	// People are the rules of the people and groups that the checks make.
	People people.Rules
	// Sample is how long the request rate is measured, under the profiles that ask for it; 0
	// leaves it out.
	Sample time.Duration
	// Facts decide rows of profiles that no check can decide, by verdict and reason: "credentials" and
	// "token-life".
	Facts map[string]reports.TableRow
	// Access looks whether a person gets in, for the checks of leavers; nil leaves them out.
	Access *suites.Access
	// Patience is how long a target that refuses connections is tried again, at least a second.
	Patience time.Duration
	// Settle is how long checks wait after a write before they read, at least. What the target needs
	// is measured, and is waited for without it.
	Settle time.Duration
	// Parallel is how many checks run at once; 0 and 1 run one after the other. Twice as many requests
	// may be under way, and twice as many checks if the target takes 20 ms or more for a response.
	Parallel int
	// Random is the seed for a random order of the checks; 0 keeps the default order.
	Random int64
	// Steps is how many random requests are compared with a model, and Seed what they are drawn
	// from. 0 is a short run whose sequences are always the same.
	Steps int
	Seed  uint64
	// Deep is how long a target is asked for the random requests of the model, beyond Steps.
	Deep time.Duration
	// Repeat returns the command that runs one check again; nil adds no commands to the report.
	Repeat func(id string) string
	// Ended is called as soon as a check has ended, with the share of the work that is done, from 0 to
	// 1; it may be nil. Checks that run beside each other end in any order.
	Ended func(done, total int, share float64)
	// Progress is called with each verdict, in the order of the checks; it may be nil.
	Progress func(done, total int, c reports.Check)
	// Timing is called with the duration of each check; it may be nil.
	Timing func(reports.CheckTiming)
}

// ginkgoTree guards the process-wide state of Ginkgo.
var ginkgoTree sync.Mutex //nolint:gochecknoglobals // it guards a global variable of Ginkgo

// silent ignores failures of the suite; the verdict is in the report.
type silent struct{}

func (silent) Fail() {}

// Run runs the selected checks and returns the conformance section of the report. It returns an
// error if the run was not possible or was cancelled. The section then contains the checks that
// had run.
func Run(ctx context.Context, t Target, o Options) (*reports.Conformance, error) {
	selected, err := Select(o)
	if err != nil {
		return nil, err
	}
	if t.OtherTenant == nil && !o.Picked() {
		selected = slices.DeleteFunc(selected, func(c catalog.Check) bool { return slices.Contains(c.Needs, catalog.Tenants) })
	}
	o.Profiles, o.People.Run = o.judging(), o.RunID
	f := fold{target: t, options: o, selected: selected, blocked: map[string]*suites.Finding{}, failed: map[string]cause.Seen{}, lost: map[string]string{}, causes: map[string]cause.Cause{}}
	s := session.New(session.Config{
		BaseURL: t.URL, Header: t.Header, OtherTenant: t.OtherTenant, Sender: t.Sender,
		Journal: t.Journal, Record: t.Record, RunID: o.RunID, Keep: o.Keep, Wait: t.Wait, Patience: o.Patience, People: o.People,
		AtOnce: atOnce(o.Parallel),
	})
	for _, collection := range []string{"Users", "Groups"} {
		s.Lags(collection, session.Lag{Reads: o.Settle, Queries: o.Settle})
	}
	transcript := invariant.New()
	s.Watch(transcript.See)

	ginkgoTree.Lock()
	defer ginkgoTree.Unlock()
	globals.Reset()
	formatter.ColorableStdOut, formatter.ColorableStdErr = io.Discard, io.Discard
	gomega.RegisterFailHandler(ginkgo.Fail)
	defer s.Sweep(ctx)
	v, parallel, clear, err := surveyed(ctx, s, o, len(selected))
	defer clear()
	if err != nil { // the run has ended, and the checks say so
		v = &survey.Survey{}
	}
	f.features = features(v, s, slices.Contains(o.Profiles, profileEntra))
	if v.Stop != nil {
		cause := reports.Cause{Key: "not-gradable", Title: v.Stop.Sentence, Fix: v.Stop.Fix}
		return NotRun(t, o, cause, v.Last())
	}
	suite := f.suite(ctx, s, v)
	suite.Parallel = parallel
	suite.Transcript = transcript
	suite.Register()
	ginkgo.ReportAfterEach(f.spec)
	cfg := types.NewDefaultSuiteConfig() // not GinkgoConfiguration(), which keeps the values of the last run
	cfg.RandomSeed = 1                   // the suite has its own order
	reporter := types.NewDefaultReporterConfig()
	reporter.NoColor, reporter.Succinct = true, true
	ginkgo.RunSpecs(silent{}, "SCIM 2.0", cfg, reporter, ginkgo.AroundNode(cancelledBy(ctx)))
	left := s.Left()
	f.cutOff(left)
	section := f.conformance()
	section.Grid = grid(v, section.Checks)
	if left != nil {
		f.stopped(section, left)
	}
	return section, context.Cause(ctx)
}

// atOnce is how many requests may be under way at once, and how many checks if they mostly wait.
func atOnce(parallel int) int {
	if parallel < 2 {
		return 1
	}
	return 2 * parallel
}

// pace is how many checks run at once. Behind latency they mostly wait for responses, and twice as many
// run as were asked for. Those that wait for what they wrote send nothing meanwhile.
func pace(o Options, s *session.Session, c *session.Case) int {
	const waiting = 16
	if s.Lagging() {
		return waiting * max(o.Parallel, 1)
	}
	const far = 20 * time.Millisecond
	if n := len(c.Exchanges); n > 0 && c.Took()/time.Duration(n) >= far {
		return atOnce(o.Parallel)
	}
	return o.Parallel
}

// surveyed asks what the target has. What it makes for that stays until the function is called: the
// checks are never alone with their own objects, whether others run beside them or not.
func surveyed(ctx context.Context, s *session.Session, o Options, checks int) (v *survey.Survey, parallel int, clear func(), err error) {
	const many = 40 // checks for which a few requests more spare others
	c := s.Begin("survey")
	v, err = survey.Ask(ctx, c, survey.Options{Mapped: o.Mapped, Matching: o.Matching, Require: o.Require, Spare: checks >= many})
	published := c.Transcript()
	s.Publish(published)
	if v.Bulk > 0 {
		s.SpareRequests(v.Bulk)
	}
	return v, pace(o, s, c), func() {
		c.End(ctx)
		s.Publish(c.Transcript()[len(published):])
	}, err
}

// suite is the selection of checks.
func (f *fold) suite(ctx context.Context, s *session.Session, v *survey.Survey) suites.Suite {
	ids := make([]catalog.ID, len(f.selected))
	for i, c := range f.selected {
		ids[i] = c.ID
	}
	return suites.Suite{
		Session: s, Survey: v, Only: ids, Context: ctx, Parallel: f.options.Parallel, Random: f.options.Random,
		Steps: f.options.Steps, Seed: f.options.Seed, Deep: f.options.Deep, Sample: f.options.Sample, Access: f.options.Access,
		Ended: f.ended(),
	}
}

// ended passes on that a check has ended.
func (f *fold) ended() func(done int, share float64) {
	if f.options.Ended == nil {
		return nil
	}
	return func(done int, share float64) { f.options.Ended(done, len(f.selected), share) }
}

// cancelledBy cancels specs when the caller's context ends.
func cancelledBy(outer context.Context) func(context.Context, func(context.Context)) {
	return func(spec context.Context, body func(context.Context)) {
		spec, cancel := context.WithCancelCause(spec)
		defer cancel(nil)
		if outer.Err() != nil {
			cancel(context.Cause(outer))
		}
		defer context.AfterFunc(outer, func() { cancel(context.Cause(outer)) })()
		body(spec)
	}
}
