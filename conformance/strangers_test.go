package conformance_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
)

var (
	strangers = flag.Bool("strangers", false, "run every check on every stranger's endpoint and print the table")
	judging   = flag.Bool("judge", false, "with -strangers: fail on a verdict that is not true")
	chosen    = flag.String("checks", "", "with -strangers: run only these checks, separated by commas")
	beside    = flag.Int("beside", 1, "with -strangers: how many checks run at once")
)

// estate is one endpoint of somebody else, and how to serve it.
type estate struct {
	stranger.Endpoint
	serve func(t *testing.T) conformance.Target
}

// TestStrangers judges the harness, not the endpoints: it runs all checks on endpoints that no
// check was written for, on 50 reduced schemas, and on the persona (make strangers). It prints
// what each run concluded. With -judge, a conclusion that is not true fails.
func TestStrangers(t *testing.T) {
	if !*strangers {
		t.Skip("the endpoints of strangers run with -strangers (make strangers)")
	}
	var table standings
	for _, e := range estates() {
		t.Run(e.ID, func(t *testing.T) {
			o := conformance.Options{RunID: "rtest", Parallel: *beside}
			if *chosen != "" {
				o.Checks = strings.Split(*chosen, ",")
			}
			c, err := conformance.Run(t.Context(), e.serve(t), o)
			s := conclude(e.Endpoint, c, err)
			table = append(table, s)
			t.Log(s)
			if s.wrong != "" || s.code == reports.ExitBroken {
				explain(t, c)
			}
			if *judging && s.wrong != "" {
				t.Errorf("%s (%s): %s", e.ID, e.Story, s.wrong)
			}
		})
	}
	t.Log(table)
}

// estates lists the endpoints: those of package stranger, legal ones ten at once, the reduced
// schemas, and the persona.
func estates() []estate {
	clock := stranger.Clock{Now: time.Now, Wait: func(ctx context.Context, d time.Duration) error {
		select {
		case <-time.After(d):
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}}
	var all []estate
	for _, e := range stranger.All(clock) {
		all = append(all, estate{e, func(t *testing.T) conformance.Target {
			t.Helper()
			return reach(t, e.Wrap(tenants(t, target.Options{})))
		}})
	}
	for seed := range uint64(10) {
		e := stranger.Together(clock, seed, 10)
		all = append(all, estate{e, func(t *testing.T) conformance.Target {
			t.Helper()
			return reach(t, e.Wrap(tenants(t, target.Options{})))
		}})
	}
	for seed := range 50 {
		e := stranger.Endpoint{
			ID: fmt.Sprintf("S%02d-reduced-schema", seed), Story: "serves a reduced schema that it announces", Kind: stranger.Legal,
		}
		all = append(all, estate{e, func(t *testing.T) conformance.Target {
			t.Helper()
			o := target.Options{}
			if err := o.Reduce(strconv.Itoa(seed)); err != nil {
				t.Fatal(err)
			}
			return reach(t, tenants(t, o))
		}})
	}
	persona := stranger.Endpoint{ID: "P-goto", Story: "is the persona of GoTo", Kind: stranger.Legal}
	return append(all, estate{persona, servePersona})
}

// servePersona starts the persona, which has one tenant.
func servePersona(t *testing.T) conformance.Target {
	t.Helper()
	cfg, err := gotopersona.Default("goto")
	if err != nil {
		t.Fatal(err)
	}
	p, err := gotopersona.New(gotopersona.Options{Target: target.Options{Seed: 1, Token: "secret", Now: time.Now}, Config: cfg})
	if err != nil {
		t.Fatal(err)
	}
	where := reach(t, http.Handler(p))
	where.OtherTenant = nil
	return where
}

// standing is what a run concluded about an endpoint.
type standing struct {
	stranger.Endpoint
	code, causes int
	ended        bool     // the target could not be judged, or went away
	first        string   // the title of the first cause, or why the run ended
	failed       []string // of requirements of the RFCs
	entra        []string // of requirements of Entra
	wrong        string   // why the conclusion is not true; empty if it is
}

// conclude reads a report, and holds it to the kind of the endpoint.
func conclude(e stranger.Endpoint, c *reports.Conformance, err error) standing {
	s := standing{Endpoint: e, code: reports.ExitBroken}
	if err != nil {
		s.first = err.Error()
	}
	if c != nil {
		s.causes, s.ended = len(c.Causes), c.Stopped != ""
		if err == nil {
			s.code = reports.ExitCode(&reports.Report{Conformance: c})
		}
		if len(c.Causes) > 0 {
			s.first = c.Causes[0].Title
		}
		if s.ended {
			s.first = c.Stopped
		}
		for _, check := range c.Checks {
			switch {
			case check.Outcome != reports.Failed:
			case check.Level == "ENTRA":
				s.entra = append(s.entra, check.ID)
			default:
				s.failed = append(s.failed, check.ID)
			}
		}
	}
	switch {
	case e.Kind == stranger.Defect && len(s.failed)+len(s.entra) == 0 && !s.ended:
		s.wrong = "the defect was not found"
	case e.Kind == stranger.Legal && len(s.failed) > 0:
		s.wrong = "failed although it is right: " + strings.Join(s.failed, " ")
	case e.Kind == stranger.Legal && len(s.entra) > e.Entra:
		s.wrong = fmt.Sprintf("%d requirements of Entra failed, of which %d may: %s", len(s.entra), e.Entra, strings.Join(s.entra, " "))
	case e.Kind == stranger.Legal && s.code == reports.ExitBroken && !s.ended:
		s.wrong = "a check had nothing to say"
	case e.Kind == stranger.Fault && !e.Named(s.first):
		s.wrong = fmt.Sprintf("the first cause is %q, which does not say %q", s.first, e.Want)
	}
	return s
}

// explain logs what a run said of the checks that failed.
func explain(t *testing.T, c *reports.Conformance) {
	t.Helper()
	if c == nil {
		return
	}
	for _, check := range c.Checks {
		if check.Outcome == reports.Failed || check.Outcome == reports.Errored || check.Outcome == reports.Blocked {
			t.Logf("%s %s %s: %s: expected %s; actual %s", check.ID, check.Level, check.Title, check.Outcome, check.Expected, check.Actual)
		}
	}
}

// String is the row of the table.
func (s standing) String() string {
	mark := " "
	if s.wrong != "" {
		mark = "!"
	}
	ids := append(slices.Clone(s.failed), s.entra...)
	return fmt.Sprintf("%s %-30s %-6s exit %d  %2d causes  %3d failed  %s  [%s]", mark, s.ID, s.Kind, s.code, s.causes, len(ids), s.first, strings.Join(ids, " "))
}

// standings is the table with its sums.
type standings []standing

func (l standings) String() string {
	var out strings.Builder
	right, all := map[stranger.Kind]int{}, map[stranger.Kind]int{}
	var wrong []string
	for _, s := range l {
		fmt.Fprintf(&out, "%s\n", s)
		all[s.Kind]++
		if s.wrong == "" {
			right[s.Kind]++
		} else {
			wrong = append(wrong, s.ID)
		}
	}
	for _, kind := range []stranger.Kind{stranger.Defect, stranger.Legal, stranger.Fault} {
		fmt.Fprintf(&out, "%-6s %d of %d judged rightly\n", kind, right[kind], all[kind])
	}
	return "\n" + out.String() + "wrong: " + strings.Join(wrong, " ")
}
