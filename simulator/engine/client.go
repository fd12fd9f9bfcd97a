package engine

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// grace is the time that a running exchange may take after the run was stopped.
const grace = 10 * time.Second

// target returns the client of the cycles.
func (r *run) target() (cycle.Client, error) {
	if r.deps.Client != nil {
		return r.deps.Client(r.connect)
	}
	return r.connect()
}

func (r *run) connect() (cycle.Client, error) {
	limits := r.cfg.Limits
	limits.Grace = grace
	sender := exchange.NewSender(r.deps.HTTP, limits, r.deps.Now)
	endpoint := r.authorized(sender, limits)
	endpoint.SchemaVersion, endpoint.PatchType, endpoint.BadPatchCode = cmp.Or(r.settings.SchemaVersion, r.cfg.App.Schema.Version), r.settings.PatchType, r.settings.BadPatchCode
	endpoint.BadCreateCode, endpoint.ConflictCode = r.settings.BadCreateCode, r.settings.ConflictCode
	if agent := r.settings.UserAgent; agent != "" && endpoint.Header.Get("User-Agent") == "" {
		endpoint.Header = maps.Clone(endpoint.Header)
		if endpoint.Header == nil {
			endpoint.Header = http.Header{}
		}
		endpoint.Header.Set("User-Agent", agent)
	}
	endpoint.TenantURL = r.requestURL()
	deps := scimclient.Deps{
		Sender: sender, Record: r.record, Redact: r.redact,
		Guard: scimclient.NewGuard(r.cfg.Rate, r.cfg.External), Now: r.targetNow(),
	}
	if deps.Delay, deps.Timeout = r.deps.Delay, r.cfg.Limits.Timeout; deps.Timeout <= 0 {
		deps.Timeout = time.Minute // W-132
	}
	if r.settings.HonorRetryAfter {
		deps.Wait = r.wait
	}
	return scimclient.New(endpoint, deps)
}

// authorized is the endpoint with its credentials; access tokens are put in by the sender.
func (r *run) authorized(sender *exchange.Sender, limits exchange.Limits) scimclient.Config {
	endpoint := r.cfg.Endpoint
	switch {
	case r.cfg.Issuer != nil:
		sender.Authorize(issuer.NewSource(r.cfg.Issuer, r.redact.Add, r.targetNow()).Authorization)
		endpoint.Authorization = exchange.AccessToken
	case r.cfg.OAuth != nil:
		if r.tokens == nil {
			r.tokens = r.oauth(limits)
		}
		sender.Authorize(r.tokens.Authorization)
		endpoint.Authorization = exchange.AccessToken
	}
	return endpoint
}

// targetNow is the clock of the target.
func (r *run) targetNow() func() time.Time {
	if r.deps.TargetNow != nil {
		return r.deps.TargetNow
	}
	return r.deps.Now
}

// wait lets time pass for the target: on the engine's clock where the target shares it.
func (r *run) wait(ctx context.Context, d time.Duration) error {
	var c clock.Clock = clock.Wall{}
	if r.deps.TargetNow != nil {
		c = r.deps.Clock
	}
	return c.WaitUntil(ctx, c.Now().Add(d))
}

func (r *run) oauth(limits exchange.Limits) *scimclient.OAuth {
	return scimclient.NewOAuth(*r.cfg.OAuth, scimclient.OAuthDeps{
		Sender: exchange.NewSender(r.deps.HTTP, limits, r.deps.Now), Record: r.record, Redact: r.redact, Now: r.targetNow(),
		Note: r.note,
	})
}
