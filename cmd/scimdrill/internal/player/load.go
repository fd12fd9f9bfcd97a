package player

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Load is one replay.
type Load struct {
	Flags    *Flags
	Console  *console.Console
	Endpoint *endpoint.Endpoint
	Target   *endpoint.Flags
	Seed     *uint64
	Out      string
	Formats  []string

	plan        *plan
	verified    play.Verify
	endState    *reports.EndState
	used        used
	found       *reports.ReplaySearch
	before      *reports.ReplayBefore
	judged      int   // conditions of --find-max that could be judged
	connections int64 // of what is reported
	identity    runs.Identity
	file        *runs.File
	source      replay.Source
	stream      string // as reports call it
	tenants     []replay.Tenant
	recorder    *measure.Recorder
	dialled     interface{ Load() int64 }
	notes       []string
	total       int64  // requests of the stream
	labelled    bool   // the requests of the stream name their tenants
	print       string // of the stream
}

// Run checks everything, then plays the stream and reports.
func (l *Load) Run(ctx context.Context) (err error) {
	if err = l.Flags.exportable(); err != nil {
		return err
	}
	if l.plan, err = l.Flags.plan(); err != nil {
		return err
	}
	if l.verified, err = play.ParseVerify(l.Flags.Verify); err != nil {
		return err
	}
	if l.tenants, err = l.Flags.tenants(l.Console, l.Endpoint, l.plan.tenants); err != nil {
		return err
	}
	if _, err = spacing(l.Endpoint, l.plan.schedule, len(l.tenants), l.Target.AllowRate); err != nil {
		return err
	}
	if l.Flags.FindMax != "" && l.Endpoint.External() && !l.Target.AllowRate {
		return exit.Usage("if the operator agrees, add --allow-rate", "--find-max sends to a host that is not loopback as much as it holds; this needs --allow-rate")
	}
	if l.before, err = l.Flags.before(); err != nil {
		return err
	}
	if err = l.resumable(); err != nil {
		return err
	}
	l.identity = runs.Identify(l.Console, l.Seed)
	done, err := l.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	if l.Flags.Export != "" {
		return l.export()
	}
	if err = l.same(); err != nil {
		return err
	}
	if l.file, err = runs.Start(l.Console, l.Out, l.identity, l.Target.Target); err != nil {
		return err
	}
	return l.file.During(ctx, l.Console, l.Out, func() error { return l.play(ctx) })
}

// open opens the stream, or renders one; done removes what that needed.
func (l *Load) open(ctx context.Context) (done func(), err error) {
	if l.Flags.Stream != "" {
		l.stream = l.Flags.Stream
		l.source, err = replay.Open(l.Flags.Stream, l.note)
		if err != nil {
			return nil, exit.Usage("", "%w", err)
		}
		var named []string
		print := replay.NewFingerprint()
		for r, err := range l.source { // all mistakes show before the first request
			if err != nil {
				return nil, exit.Usage("", "%w", err)
			}
			l.total++
			print.Add(r)
			if r.Tenant != "" && !slices.Contains(named, r.Tenant) {
				named = append(named, r.Tenant)
			}
		}
		l.print = print.String()
		return func() {}, l.assign(named)
	}
	l.stream = "the initial cycle of " + l.Flags.Generate
	return l.generate(ctx)
}

func (l *Load) note(text string) {
	l.notes = append(l.notes, text)
	l.Console.Say("note: %s", text)
}

// play plays the stream, writes all files, and turns the outcome into an error.
func (l *Load) play(ctx context.Context) (err error) {
	transcript, err := runs.OpenTranscript(filepath.Join(l.Out, runs.HARName), l.Console.Tool.Version, l.Endpoint.Redact)
	if err != nil {
		return err
	}
	kept, sent, err := l.books()
	if err != nil {
		return errors.Join(err, transcript.Close())
	}
	unsent, err := openNotSent(l.Out, l.Endpoint.Redact.Text)
	if err != nil {
		return errors.Join(err, kept.Close(), sent.Close(), transcript.Close())
	}
	l.await(ctx)
	began := l.Console.Now()
	result, cause := l.send(ctx, hooks{kept, sent, transcript.Add, unsent.Add})
	if err := errors.Join(exit.Unwritten(kept.Close()), exit.Unwritten(sent.Close()), transcript.Close(), unsent.Close()); err != nil {
		return err
	}
	if result == nil {
		return cause
	}
	if cause != nil {
		result.Stopped = cause
	}
	if err := l.writeFigures(result); err != nil {
		return err
	}
	rep := l.file.Report(reports.TargetExternal)
	rep.Run.Interrupted = exit.Interrupted(ctx)
	rep.Target.Notes = append(rep.Target.Notes, l.notes...)
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: l.Console.Now().UTC()}
	rep.Replay = l.section(result)
	l.file.Connections = runs.NewConnections(result.Sent, l.connections)
	return runs.Finish(l.Console, rep, l.Out, l.Formats)
}

// hooks take what happens during the run.
type hooks struct {
	journal *journal.Journal
	ledger  *ledger.Ledger
	failed  func(*exchange.Exchange)
	notSent func(replay.NotSent)
}

// send plays the stream.
func (l *Load) send(ctx context.Context, h hooks) (*replay.Result, error) {
	l.recorder = measure.NewRecorder(l.Flags.WarmUp)
	trust, err := l.Target.Trust(l.Console)
	if err != nil {
		return nil, err
	}
	transport, dialled := endpoint.NewTransport(l.Console, trust)
	defer transport.CloseIdleConnections()
	l.dialled = dialled
	cfg := replay.Config{
		Base: l.Endpoint.URL, Header: l.Endpoint.Header, Tenants: l.tenants, Transport: transport, Schedule: l.plan.schedule,
		Concurrency: l.plan.concurrency, Duration: l.Flags.Duration, Warmup: l.Flags.WarmUp, Timeout: l.Target.Timeout,
		HonourRetryAfter: l.Flags.Retry == "honour", OwnOnly: l.Endpoint.External() && !l.Flags.AdoptExisting, Shard: l.plan.shard,
		Journal: h.journal, Ledger: h.ledger, Record: h.failed, NotSent: h.notSent, Recorder: l.recorder, Now: l.Console.Now,
	}
	if cfg.LeastSpacing, err = spacing(l.Endpoint, l.plan.schedule, len(l.tenants), l.Target.AllowRate); err != nil {
		return nil, err
	}
	if cfg.LeastSpacing > 0 {
		l.note("requests to a host that is not loopback are sent at most every " + cfg.LeastSpacing.String() + "; --allow-rate lifts the limit")
	}
	if l.Endpoint.External() {
		cfg.Guard = scimclient.NewGuard(0, true)
	}
	p, err := replay.New(cfg)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	if err := l.recall(p); err != nil {
		return nil, err
	}
	result, err := l.sent(ctx, p)
	if err != nil || result.Stopped != nil || l.plan.shard.Of > 1 {
		return result, err
	}
	if l.endState, err = l.verify(ctx, p); err != nil && ctx.Err() == nil {
		return nil, err
	}
	return result, nil
}

// sent sends the stream, or with --find-max parts of it, and keeps the figures that are reported.
func (l *Load) sent(ctx context.Context, p *replay.Player) (*replay.Result, error) {
	if l.Flags.FindMax != "" {
		a, err := l.search(ctx, p)
		l.recorder, l.used, l.connections, l.plan.schedule = a.recorder, a.used, a.dialled, replay.Steady(a.rate)
		return a.result, err
	}
	stop := l.watch(p)
	defer stop()
	before := usage()
	result, err := p.Play(ctx, l.source)
	l.used, l.connections = usage().since(before), l.dialled.Load()
	return result, err //nolint:wrapcheck // it is the reason of the run
}

// watch shows how far the stream is.
func (l *Load) watch(p *replay.Player) (stop func()) {
	bar := l.Console.Progress()
	ticker := time.NewTicker(200 * time.Millisecond)
	ended := make(chan struct{})
	finished := make(chan struct{})
	began := l.Console.Now()
	show := func() {
		at := p.Progress()
		elapsed := max(l.Console.Now().Sub(began), time.Millisecond)
		bar.Move(console.Position{Phase: "replay", Done: at.Read, Total: l.total * l.copies(), Text: progressText(at, elapsed)})
	}
	show()
	go func() {
		defer close(finished)
		for {
			select {
			case <-ticker.C:
				show()
			case <-ended:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(ended)
		<-finished
		bar.End()
	}
}

// copies is how many tenants a request of the stream is sent to.
func (l *Load) copies() int64 {
	if l.labelled {
		return 1
	}
	return int64(len(l.tenants))
}

// writeFigures writes the files of the figures beside the report.
func (l *Load) writeFigures(r *replay.Result) error {
	s := share{Began: r.Began, Figures: l.recorder}
	for _, t := range l.plan.thresholds {
		s.Thresholds = append(s.Thresholds, t.String())
	}
	return errors.Join(writeFigures(l.Out, l.recorder, r.Began), writeFile(filepath.Join(l.Out, shareName), s.write))
}
