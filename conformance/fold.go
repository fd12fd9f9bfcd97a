package conformance

import (
	"cmp"
	"slices"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/cause"
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
	// blocked are the findings of blocked checks, by the key of the check.
	blocked map[string]*suites.Finding
	// failed are the findings that are graded, by the key of the check.
	failed map[string]cause.Seen
	// lost are the requests without a response that ended failed checks, by the key of the check.
	lost   map[string]string
	causes map[string]cause.Cause
	lacks  []reports.NotJudged
	done   int
}

// spec grades one check, or each of its subjects that failed.
func (f *fold) spec(r types.SpecReport) {
	f.done++
	for _, e := range r.ReportEntries {
		finding, ok := e.GetRawValue().(*suites.Finding)
		if e.Name != suites.EntryName || !ok {
			continue
		}
		i := slices.IndexFunc(f.selected, func(c catalog.Check) bool { return c.ID == finding.ID })
		check := f.selected[i]
		c := f.describe(check)
		c.Subject = finding.Subject
		if f.optional(check) {
			c.Level = string(catalog.Entra)
		}
		f.judge(&c, check, finding)
		f.redact(&c)
		f.checks = append(f.checks, c)
		if f.options.Timing != nil {
			f.options.Timing(reports.CheckTiming{Check: c.Key(), Seconds: finding.Took.Seconds()})
		}
		if f.options.Progress != nil {
			f.options.Progress(f.done, len(f.selected), c)
		}
	}
}

// optional reports a check of a feature that the target says it does not have. The RFCs allow
// that; Entra uses the feature anyway.
func (f *fold) optional(check catalog.Check) bool {
	return check.Level == catalog.Must && slices.ContainsFunc(f.features, func(x reports.Feature) bool {
		return x.Declared == "no" && x.Found && (x.Name == catalog.Filter || x.Name == catalog.Patch) && slices.Contains(check.Needs, x.Name)
	})
}

// describe copies the words of a check.
func (f *fold) describe(check catalog.Check) reports.Check {
	c := reports.Check{
		ID: string(check.ID), Suite: check.Suite, Title: check.Title, Level: string(check.Level),
		References: []reports.Reference{{Name: check.Basis.Ref, URL: check.Basis.URL}},
		Basis:      []reports.Basis{{Kind: check.Basis.Kind, Ref: check.Basis.Ref, Date: catalog.Read}},
		Why:        check.Why, Docs: check.Docs(),
	}
	if f.options.Repeat != nil {
		c.Repeat = f.options.Repeat(c.ID)
	}
	return c
}

// redact removes secrets from the texts that a verdict quotes from the target, and shortens them:
// a report has many of them, each in several formats.
func (f *fold) redact(c *reports.Check) {
	for _, text := range []*string{&c.Expected, &c.Actual, &c.SkipReason} {
		*text = f.quoted(*text)
	}
}

// quoted redacts and shortens a text that contains words of the target. What is far too long is
// cut before, with the mark by which the redactor finds the beginning of a secret.
func (f *fold) quoted(text string) string {
	return exchange.Shorten(f.redactor().Text(exchange.Shorten(text, 4*maxText)), maxText)
}

func (f *fold) redactor() *exchange.Redactor {
	if f.target.Redact == nil {
		return exchange.NewRedactor()
	}
	return f.target.Redact
}

// conformance returns the conformance section of the report.
func (f *fold) conformance() *reports.Conformance {
	f.unexplained()
	f.settle()
	slices.SortFunc(f.checks, func(a, b reports.Check) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Subject, b.Subject))
	})
	if e := f.options.Expect; e != nil {
		e.Apply(f.checks, f.options.Today)
	}
	slices.SortFunc(f.lacks, func(a, b reports.NotJudged) int {
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Name, b.Name))
	})
	return &reports.Conformance{
		Profiles: f.options.Profiles, Summary: reports.Summarize(f.checks), Checks: f.checks,
		Causes: reports.GroupByCause(f.checks, f.cause), Features: f.quotedFeatures(), NotJudged: f.lacks, Tables: f.tables(),
	}
}

// cause describes a group of findings.
func (f *fold) cause(key string) reports.Cause {
	c, known := f.causes[key]
	if !known {
		entry, _ := catalog.LookupCause(key)
		c = cause.Cause{Title: entry.Title, Fix: entry.Fix, Severity: entry.Severity}
	}
	return reports.Cause{Title: f.quoted(c.Title), Fix: c.Fix, Severity: c.Severity, Effect: c.Severity.Effect()}
}
