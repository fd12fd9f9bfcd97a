package player

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Held says how the target is read after all shards, and with which stream it is compared.
type Held struct {
	Endpoint        *endpoint.Endpoint
	Target          *endpoint.Flags
	Stream          string // in the place of the one that the shards were given
	TenantTokenFile string
	Verify          string
}

// comparison opens the stream of the shards and recalls what each of them sent. compare is nil where there is
// nothing to compare with.
func (m *Merge) comparison(ctx context.Context, parts []piece) (
	compare func(context.Context) (*reports.EndState, error), done func(), err error,
) {
	if m.Held == nil {
		return nil, func() {}, nil
	}
	l, err := m.load(parts[0])
	if err != nil {
		return nil, nil, err
	}
	if done, err = l.open(ctx); err != nil {
		return nil, nil, err
	}
	p, err := m.player(l, parts)
	if err != nil {
		done()
		return nil, nil, err
	}
	return func(ctx context.Context) (*reports.EndState, error) { return l.verify(ctx, p) }, done, nil
}

// load is a replay of the same stream that sends nothing.
func (m *Merge) load(first piece) (l *Load, err error) {
	run, err := runs.Read(first.dir)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	l = &Load{
		Console: m.Console, Endpoint: m.Held.Endpoint, Target: m.Held.Target, Out: m.Out, Seed: run.Seed,
		Flags: &Flags{
			Stream: cmp.Or(m.Held.Stream, run.Options["stream"]), Generate: run.Options["generate"], Dialect: run.Options["dialect"],
			TenantTokenFile: m.Held.TenantTokenFile,
		},
	}
	if l.verified, err = play.ParseVerify(m.Held.Verify); err != nil {
		return nil, err
	}
	tenants := first.report.Replay.Tenants
	switch {
	case tenants > 1 && l.Flags.TenantTokenFile == "":
		return nil, exit.Usage("pass the --tenant-token-file of the shards", "the shards wrote to %d tenants", tenants)
	case tenants == 1:
		tenants = 0
	}
	if l.tenants, err = l.Flags.tenants(m.Console, l.Endpoint, tenants); err != nil {
		return nil, err
	}
	l.identity = runs.Identify(m.Console, run.Seed)
	return l, nil
}

// player knows what all shards sent.
func (m *Merge) player(l *Load, parts []piece) (*replay.Player, error) {
	p, err := replay.New(replay.Config{
		Base: l.Endpoint.URL, Tenants: l.tenants, Concurrency: 1, Recorder: measure.NewRecorder(0), Now: m.Console.Now,
	})
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	want := l.header()
	var ledgers []string
	for _, part := range parts {
		path := filepath.Join(part.dir, ledger.Name)
		has, err := ledger.ReadHeader(path)
		if err != nil {
			return nil, exit.Usage("pass the whole --out folder of each shard", "%w", err)
		}
		want.Shard = part.report.Replay.Shard
		if err := differ("shard "+part.name(), "pass the target, the stream and the tenants of the shards", has, want); err != nil {
			return nil, err
		}
		ledgers = append(ledgers, path)
	}
	if err := p.Recall(l.source, ledgers...); err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return p, nil
}

// shown is a note where no target was given.
func (m *Merge) shown(parts []piece) []string {
	if m.Held != nil || parts[0].shard.Of == 1 {
		return nil
	}
	run, err := runs.Read(parts[0].dir)
	if err != nil {
		return nil
	}
	note := fmt.Sprintf("the end state was not compared; add --target %s to compare it", engine.Address(run.Target))
	m.Console.Say("note: %s", note)
	return []string{note}
}
