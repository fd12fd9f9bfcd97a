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
	"github.com/scimdrill/scimdrill/conformance/expect"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
)

// Target is the endpoint and how to reach it.
type Target struct {
	URL string
	// Header goes with every request; put Authorization here.
	Header http.Header
	// OtherTenant is Header with the credentials of another tenant of the same service, who must
	// see nothing of what the checks make. Without it the checks that need one are left out, or
	// skipped where they were asked for.
	OtherTenant http.Header
	Sender      *exchange.Sender
	// Redact keeps secrets out of the report; nil only redacts the usual headers.
	Redact *exchange.Redactor
	// Journal is told of every object before it is made; nil keeps none.
	Journal *journal.Journal
	// Record sees every exchange; it may be nil.
	Record func(*exchange.Exchange)
	// Wait lets the time pass that a busy target asks for with 429 or 503; nil waits.
	Wait func(context.Context, time.Duration) error
}

// Options select checks and say how they are judged.
type Options struct {
	// Profiles say how is judged, and what: ENTRA requirements fail under entra and warn
	// under rfc alone; attributes and groups narrow the selection. Without rfc and entra
	// both judge.
	Profiles []string
	Checks   []string // ids, or id[subject]; empty is all
	Levels   []string // MUST, SHOULD, ENTRA; empty is all
	Features []string // only checks that need one of them; empty is all
	// LabelFilter is a Ginkgo label filter over id:, level:, suite:, profile: and feature: labels.
	LabelFilter string
	// Expect are findings that somebody knows about; nil is none. They count on Today.
	Expect *expect.File
	Today  time.Time
	RunID  string
	Keep   bool
	// Random runs the checks in another order, by this seed; 0 keeps the order.
	Random int64
	// Repeat makes the command that runs one check again; nil gives none.
	Repeat func(id string) string
	// Progress is told of every check that ended; it may be nil.
	Progress func(done, total int, c reports.Check)
}

// ginkgoTree guards what Ginkgo keeps for the whole process.
var ginkgoTree sync.Mutex //nolint:gochecknoglobals // it guards a global of Ginkgo

// silent fails nothing outside: the verdict is in the report.
type silent struct{}

func (silent) Fail() {}

// Run runs the selected checks and returns the section for the report, with every
// check that ran. An error means that the run was not possible or was cancelled.
func Run(ctx context.Context, t Target, o Options) (*reports.Conformance, error) {
	selected, err := Select(o)
	if err != nil {
		return nil, err
	}
	if t.OtherTenant == nil && !o.Picked() {
		selected = slices.DeleteFunc(selected, func(c catalog.Check) bool { return slices.Contains(c.Needs, catalog.Tenants) })
	}
	o.Profiles = o.judging()
	ids := make([]catalog.ID, len(selected))
	for i, c := range selected {
		ids[i] = c.ID
	}
	f := fold{target: t, options: o, selected: selected}
	s := session.New(session.Config{
		BaseURL: t.URL, Header: t.Header, OtherTenant: t.OtherTenant, Sender: t.Sender,
		Journal: t.Journal, Record: t.Record, RunID: o.RunID, Keep: o.Keep, Wait: t.Wait,
	})

	ginkgoTree.Lock()
	defer ginkgoTree.Unlock()
	globals.Reset()
	formatter.ColorableStdOut, formatter.ColorableStdErr = io.Discard, io.Discard
	gomega.RegisterFailHandler(ginkgo.Fail)
	f.features = discover(ctx, s, slices.Contains(o.Profiles, profileEntra))
	suites.Register(s, ids...)
	ginkgo.ReportAfterEach(f.spec)
	cfg := types.NewDefaultSuiteConfig() // never GinkgoConfiguration(): it keeps the last run's values
	cfg.RandomSeed, cfg.RandomizeAllSpecs = max(o.Random, 1), o.Random != 0
	reporter := types.NewDefaultReporterConfig()
	reporter.NoColor, reporter.Succinct = true, true
	ginkgo.RunSpecs(silent{}, "SCIM 2.0", cfg, reporter, ginkgo.AroundNode(cancelledBy(ctx)))
	return f.conformance(), context.Cause(ctx)
}

// cancelledBy ends specs when the caller's context ends.
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
