package player

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
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
// have left. With several tenants, the first one is compared.
func (l *Load) verify(ctx context.Context, p *replay.Player) (*reports.EndState, error) {
	if l.verified.Off || ctx.Err() != nil {
		return nil, nil //nolint:nilnil // nothing was to be compared
	}
	model := outcome.New()
	for w, err := range p.Writes(l.source, 0) {
		if err != nil {
			return nil, err
		}
		model.Apply(w)
	}
	if model.Len() == 0 {
		return nil, nil //nolint:nilnil // nothing was written
	}
	client, err := l.reader()
	if err != nil {
		return nil, err
	}
	bar := l.Console.Progress()
	defer bar.End()
	return play.Compared(l.Console, l.Out, l.verified, func(each func(endstate.Difference) error) (res endstate.Result, err error) {
		path := filepath.Join(l.Out, "end-state.tmp")
		spool, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return res, fmt.Errorf("compare the end state: %w", err)
		}
		defer func() { err = errors.Join(err, spool.Close(), os.Remove(path)) }()
		return endstate.Compare(ctx, model.Expected(), endstate.Over(client, patient), endstate.Options{
			Matching: map[string][]string{"Users": {"userName", "externalId"}, "Groups": {"displayName", "externalId"}},
			ByID:     l.Endpoint.External(), Sample: l.verified.Sample, Announces: endstate.Announced(client), Spool: spool, Each: each,
			Owner: func(_ context.Context, id string) (endstate.Ref, bool, error) {
				ref, ok := model.Own(id)
				return ref, ok, nil
			},
			Progress: func(done int) { bar.Step("comparing", int64(done), int64(model.Len())) },
		})
	})
}

// reader is a client that only reads, with the credentials of the first tenant.
func (l *Load) reader() (*scimclient.Client, error) {
	sender := exchange.NewSender(l.Endpoint.Client, l.Endpoint.Limits, l.Console.Now)
	if l.Flags.TenantTokenFile == "" {
		sender = l.Endpoint.Authorized(l.Console, sender, nil)
	}
	rate, err := endpoint.MayHurry(l.Endpoint.URL, 0, l.Target.AllowRate)
	if err != nil {
		return nil, err
	}
	cfg := l.Endpoint.Scim(l.Target.Target)
	cfg.Authorization = l.tenants[0].Authorization
	client, err := scimclient.New(cfg, scimclient.Deps{
		Sender: sender, Redact: l.Endpoint.Redact, Guard: scimclient.NewGuard(rate, l.Endpoint.External()),
	})
	if err != nil {
		return nil, fmt.Errorf("compare the end state: %w", err)
	}
	return client, nil
}

// patient waits for a target that asks for time, but not for ever.
func patient(ctx context.Context, d time.Duration) error {
	return clock.Wall{}.WaitUntil(ctx, clock.Wall{}.Now().Add(min(d, maxWait)))
}
