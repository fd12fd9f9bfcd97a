package conformance

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// fold turns spec reports into verdicts.
type fold struct {
	target   Target
	options  Options
	selected []catalog.Check
	features []reports.Feature
	checks   []reports.Check
}

// spec grades one check.
func (f *fold) spec(r types.SpecReport) {
	for _, e := range r.ReportEntries {
		finding, ok := e.GetRawValue().(*suites.Finding)
		if e.Name != suites.EntryName || !ok {
			continue
		}
		i := slices.IndexFunc(f.selected, func(c catalog.Check) bool { return c.ID == finding.ID })
		check := f.selected[i]
		c := f.describe(check)
		f.judge(&c, check, finding, r)
		f.redact(&c)
		f.checks = append(f.checks, c)
		if f.options.Timing != nil {
			f.options.Timing(reports.CheckTiming{Check: c.Key(), Seconds: r.RunTime.Seconds()})
		}
		if f.options.Progress != nil {
			f.options.Progress(len(f.checks), len(f.selected), c)
		}
	}
}

// describe copies the catalog entry of a check.
func (f *fold) describe(check catalog.Check) reports.Check {
	c := reports.Check{
		ID: string(check.ID), Suite: check.Suite, Title: check.Title, Level: string(check.Level),
		References: []reports.Reference{{Name: check.Basis.Ref, URL: check.Basis.URL}},
		Basis:      []reports.Basis{{Kind: check.Basis.Kind, Ref: check.Basis.Ref, Date: catalog.Read}},
		Why:        check.Why,
	}
	if f.options.Repeat != nil {
		c.Repeat = f.options.Repeat(c.ID)
	}
	return c
}

// judge grades the finding by level, evidence and profile.
func (f *fold) judge(c *reports.Check, check catalog.Check, finding *suites.Finding, r types.SpecReport) {
	switch {
	case r.State.Is(types.SpecStateSkipped | types.SpecStatePending):
		c.Outcome, c.SkipReason = reports.Skipped, cmp.Or(r.Failure.Message, "the check did not run")
		c.SkipFeature = f.absent(check)
		return
	case finding.Unanswered != "":
		c.Outcome, c.Actual = reports.Errored, finding.Unanswered
	case r.State.Is(types.SpecStatePassed) && finding.Assertions > 0:
		c.Outcome = reports.Passed
		return
	case r.State.Is(types.SpecStatePassed):
		c.Outcome, c.Actual = reports.Errored, "the check made no assertions"
	case r.State.Is(types.SpecStateFailed) && finding.Expected != "":
		c.Outcome = f.weigh(check)
		c.Expected, c.Actual = finding.Expected, finding.Actual
		c.Fix, c.Cause = check.Fix, cmp.Or(finding.Cause, check.Cause)
	default:
		c.Outcome, c.Actual = reports.Errored, cmp.Or(r.Failure.ForwardedPanic, r.Failure.Message, r.State.String())
	}
	c.Exchanges = f.exchanges(finding.Exchanges)
}

// absent returns a feature that the check needs, and that the target neither announces nor has.
// The credentials of another tenant are the caller's to supply.
func (f *fold) absent(check catalog.Check) string {
	for _, feature := range f.features {
		if !feature.Found && feature.Declared != "yes" && feature.Name != catalog.Tenants && slices.Contains(check.Needs, feature.Name) {
			return feature.Name
		}
	}
	return ""
}

func (f *fold) weigh(check catalog.Check) reports.Outcome {
	switch {
	case check.Weak(), check.Level == catalog.Should:
		return reports.Warned
	case check.Level == catalog.Entra && !slices.Contains(f.options.Profiles, profileEntra):
		return reports.Warned
	}
	return reports.Failed
}

// maxExchanges is the number of a check's last exchanges that the report contains.
const maxExchanges = 8

// redact removes secrets from the texts that a verdict quotes from the target, and shortens them:
// a report has many of them, each in several formats.
func (f *fold) redact(c *reports.Check) {
	for _, text := range []*string{&c.Expected, &c.Actual, &c.SkipReason} {
		*text = shorten([]byte(f.redactor().Text(*text)))
	}
}

func (f *fold) redactor() *exchange.Redactor {
	if f.target.Redact == nil {
		return exchange.NewRedactor()
	}
	return f.target.Redact
}

func (f *fold) exchanges(list []*exchange.Exchange) []reports.Exchange {
	redact := f.redactor()
	list = list[max(0, len(list)-maxExchanges):]
	out := make([]reports.Exchange, 0, len(list))
	for _, x := range list {
		token := "SCIMDRILL_TOKEN"
		if f.otherTenant(x) {
			token = "SCIMDRILL_SECOND_TOKEN"
		}
		x = redact.Exchange(x)
		out = append(out, reports.Exchange{
			Method: x.Method, URL: x.URL, Status: x.Status, Failure: string(x.Failure),
			RequestHeader: reports.Headers(sent(x.RequestHeader)), RequestBody: shorten(x.RequestBody),
			ResponseHeader: reports.Headers(x.ResponseHeader), ResponseBody: shorten(x.ResponseBody),
			Curl: exchange.Curl(x, token),
		})
	}
	return out
}

// sent returns a request header without an empty User-Agent, which means that none is sent.
func sent(h http.Header) http.Header {
	if h.Get("User-Agent") != "" {
		return h
	}
	h = h.Clone()
	h.Del("User-Agent")
	return h
}

// otherTenant reports whether a request used the token of another tenant.
func (f *fold) otherTenant(x *exchange.Exchange) bool {
	token := f.target.OtherTenant.Get("Authorization")
	return token != "" && x.RequestHeader.Get("Authorization") == token
}

// shorten truncates long bodies.
func shorten(b []byte) string {
	const limit = 4000
	if len(b) <= limit {
		return string(b)
	}
	return strings.ToValidUTF8(string(b[:limit]), "") + " …"
}

// conformance returns the conformance section of the report.
func (f *fold) conformance() *reports.Conformance {
	slices.SortFunc(f.checks, func(a, b reports.Check) int { return cmp.Compare(a.ID, b.ID) })
	if e := f.options.Expect; e != nil {
		e.Apply(f.checks, f.options.Today)
	}
	return &reports.Conformance{
		Profiles: f.options.Profiles, Summary: reports.Summarize(f.checks), Checks: f.checks,
		Causes: reports.GroupByCause(f.checks, cause), Features: f.features,
	}
}

// cause describes a group of findings.
func cause(key string) reports.Cause {
	c, _ := catalog.LookupCause(key)
	return reports.Cause{Title: c.Title, Fix: c.Fix}
}
