package grading

import (
	"context"
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// notRun puts into the report why no check ran, so that a build server gets its files. A run
// that a person stopped has no such reason.
func (g *Grading) notRun(ctx context.Context, rep *reports.Report, t conformance.Target, o conformance.Options, why error, x *exchange.Exchange) error {
	explained, ok := errors.AsType[*exit.Error](why)
	if !ok || ctx.Err() != nil {
		return nil
	}
	now := g.Now().UTC()
	if rep.Timing.Started.IsZero() {
		rep.Timing.Started = now
	}
	rep.Timing.Ended = now
	title := explained.Error()
	if x != nil && x.Status == 0 && x.Failure != exchange.FailureCredentials { // the request is in the evidence
		what, _ := x.Failure.Meaning()
		title = "the target does not respond: " + what
	}
	redact := g.Endpoint.Redact.Text
	section, err := conformance.NotRun(t, o, reports.Cause{Key: "not-run", Title: redact(title), Fix: sentence(redact(explained.Hint))}, x)
	rep.Conformance = section
	return err
}

// sentence turns a hint into a sentence.
func sentence(hint string) string {
	if hint == "" {
		return ""
	}
	return strings.ToUpper(hint[:1]) + hint[1:] + "."
}
