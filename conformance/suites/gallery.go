package suites

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// galleryRate is how many requests a second an application of the gallery must bear.
const galleryRate = 25

// gallery are the checks that only the profile gallery asks for.
func gallery() []Spec {
	return atLast([]Spec{
		check(catalog.Check{
			ID: "GAL-001", Suite: "protocol", About: catalog.Protocol, Level: catalog.Entra, Rule: "R-195", Cause: "rate", Profile: "gallery",
			Basis: catalog.Basis{
				Kind: catalog.Microsoft, Ref: "Submit a request to publish your application in the Microsoft Entra app gallery",
				URL: "https://learn.microsoft.com/entra/identity/enterprise-apps/v2-howto-app-gallery-listing",
			},
			Title: "bears 25 requests a second",
			Why:   "The app gallery asks for 25 requests a second and tenant. Below that, an initial cycle of a large tenant takes days.",
			Fix:   "Raise the limit for SCIM clients to 25 requests a second and tenant, and index the matching attribute.",
		}, func(ctx context.Context, p *probe) { p.sustains(ctx) }),
	})
}

// sustains sends queries for a user in small bursts and looks whether the target keeps up.
func (p *probe) sustains(ctx context.Context) {
	const burst = 5
	if p.sample <= 0 {
		p.finding.Lacks = "a sample of the request rate"
		p.skip("no sample was asked for; on a host that is not loopback, --rate-sample needs --allow-rate")
	}
	u := p.aUser(ctx, "busy", nil)
	path, bodies := filtered("Users", "userName eq "+quoted(u.sent["userName"])), make([]any, burst)
	first := len(p.Exchanges)
	pause := time.Second * burst / galleryRate
	for left := p.sample; left > 0; left -= pause {
		_, err := p.Together(ctx, http.MethodGet, path, bodies)
		if err != nil {
			p.stop(err)
		}
		if spent := p.spent(first, p.sample-left); spent < pause {
			if err := p.Pause(ctx, pause-spent); err != nil {
				p.stop(err)
			}
		}
	}
	p.sustained(p.Exchanges[first:])
}

// spent is how far the sample is behind its schedule of bursts.
func (p *probe) spent(first int, due time.Duration) time.Duration {
	list := p.Exchanges[first:]
	end := list[0].Started
	for _, x := range list {
		if t := x.Started.Add(x.Duration); t.After(end) {
			end = t
		}
	}
	return end.Sub(list[0].Started) - due
}

// sustained judges a sample: no request was refused, and it took no longer than planned.
func (p *probe) sustained(list []*exchange.Exchange) {
	took := p.spent(len(p.Exchanges)-len(list), 0)
	durations, refused, failed := make([]time.Duration, 0, len(list)), 0, 0
	for _, x := range list {
		durations = append(durations, x.Duration)
		switch {
		case x.Status == http.StatusTooManyRequests, x.Status == http.StatusServiceUnavailable:
			refused++
		case x.Status != http.StatusOK:
			failed++
		}
	}
	slices.SortFunc(durations, cmp.Compare[time.Duration])
	at := func(percent int) time.Duration {
		return durations[min(len(durations)-1, len(durations)*percent/100)].Round(time.Millisecond)
	}
	said := fmt.Sprintf("%d requests in %s (sample of %s): %.1f a second, p50 %s, p95 %s, p99 %s, %d refused with 429 or 503, %d failed otherwise",
		len(list), took.Round(100*time.Millisecond), p.sample, float64(len(list))/max(took, p.sample).Seconds(), at(50), at(95), at(99), refused, failed)
	p.Exchanges = p.Exchanges[:min(len(p.Exchanges), 8)] // they are all alike
	p.expect(refused+failed == 0 && took <= p.sample+p.sample/10+time.Second, match.That("25 requests a second without refusal", said))
	p.finding.Said = said
}
