package player

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/outcome"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// maxWait is how long the comparison waits for a target that asks for time.
const maxWait = 2 * time.Minute

// verify compares what the target holds with what the writes of the stream that succeeded should
// have left, in each tenant.
func (l *Load) verify(ctx context.Context, p *replay.Player) (*reports.EndState, error) {
	if l.verified.Off || ctx.Err() != nil {
		return nil, nil //nolint:nilnil // nothing was to be compared
	}
	models, total, err := l.models(p)
	if err != nil || total == 0 {
		return nil, err
	}
	bar := l.Console.Progress()
	defer bar.End()
	return play.Compared(l.Console, l.Out, l.verified, func(each func(endstate.Difference) error) (all endstate.Result, err error) {
		done := 0
		for i, model := range models {
			if model.Len() == 0 {
				continue
			}
			one, err := l.held(ctx, i, model, endstate.Options{
				ByID: l.Endpoint.External(), Sample: l.verified.Sample, Each: each,
				Progress: func(n int) { bar.Step("comparing", int64(done+n), int64(total)) },
			})
			if err != nil {
				return all, err
			}
			all.Add(one)
			done += model.Len()
		}
		return all, nil
	})
}

// models are what each tenant should hold, and how many objects these are.
func (l *Load) models(p *replay.Player) (models []*outcome.Model, total int, err error) {
	for _, t := range l.tenants {
		name := ""
		if len(l.tenants) > 1 {
			name = t.Name
		}
		models = append(models, outcome.New(name))
	}
	for w, err := range p.Writes(l.source) {
		if err != nil {
			return nil, 0, err
		}
		models[w.Tenant].Apply(w)
	}
	for _, m := range models {
		total += m.Len()
	}
	return models, total, nil
}

// held compares what one tenant holds with a model.
func (l *Load) held(ctx context.Context, tenant int, model *outcome.Model, o endstate.Options) (res endstate.Result, err error) {
	client, err := l.reader(tenant)
	if err != nil {
		return res, err
	}
	path := filepath.Join(l.Out, "end-state.tmp")
	spool, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return res, fmt.Errorf("compare the end state: %w", err)
	}
	defer func() { err = errors.Join(err, spool.Close(), os.Remove(path)) }()
	o.Matching = map[string][]string{"Users": {"userName", "externalId"}, "Groups": {"displayName", "externalId"}}
	o.Announces, o.Spool = endstate.Announced(client), spool
	o.Owner = func(_ context.Context, id string) (endstate.Ref, bool, error) {
		ref, ok := model.Own(id)
		return ref, ok, nil
	}
	return endstate.Compare(ctx, model.Expected(), endstate.Over(client, patient), o)
}

// reader is a client that only reads, with the credentials of a tenant.
func (l *Load) reader(tenant int) (*scimclient.Client, error) {
	sender := exchange.NewSender(l.Endpoint.Client, l.Endpoint.Limits, l.Console.Now)
	if l.Flags.TenantTokenFile == "" {
		sender = l.Endpoint.Authorized(l.Console, sender, nil)
	}
	client, err := clientOf(l.Endpoint, sender, &l.tenants[tenant], l.Target, 0)
	if err != nil {
		return nil, fmt.Errorf("compare the end state: %w", err)
	}
	return client, nil
}

// patient waits for a target that asks for time, but not for ever.
func patient(ctx context.Context, d time.Duration) error {
	return clock.Wall{}.WaitUntil(ctx, clock.Wall{}.Now().Add(min(d, maxWait)))
}
