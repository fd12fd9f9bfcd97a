package engine

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// openLogs opens the files in Out. It truncates logs to their committed length.
func (r *run) openLogs(ctx context.Context) error {
	if err := wholefile.PrivateDir(r.cfg.Out); err != nil {
		return fmt.Errorf("create the output folder: %w", err)
	}
	path, keep, err := r.committed(ctx, cycle.LogRecord, "provisioning-log.jsonl")
	if err != nil {
		return err
	}
	if r.log, err = provlog.CreateFile(path, keep); err != nil {
		return err
	}
	if path, keep, err = r.committed(ctx, auditRecord, "audit-log.jsonl"); err != nil {
		return err
	}
	if r.audit, err = openAudit(path, keep); err != nil {
		return err
	}
	if r.box, err = outbox.Open(ctx, r.store, filepath.Join(r.cfg.Out, outbox.Folder), r.deps.Deliver); err != nil {
		return err
	}
	if r.deps.Client == nil && !r.cfg.Embedded { // a plan creates nothing, and an embedded target ends with the run
		header := journal.Header{Target: r.owner.Target, Run: r.cfg.RunID, State: r.owner.ID}
		if r.journal, err = journal.Begin(filepath.Join(r.cfg.Out, "journal.jsonl"), header); err != nil {
			return err
		}
		if err := r.openWrites(ctx); err != nil {
			return err
		}
	}
	if r.cfg.Transcript == "off" {
		return nil
	}
	const harLimit = 64 << 20
	r.har, err = exchange.CreateHAR(filepath.Join(r.cfg.Out, "exchanges.har"), r.cfg.Version, harLimit, r.redact)
	return err
}

// openWrites opens the file of the writes in flight. It belongs to the state, wherever Out is.
func (r *run) openWrites(ctx context.Context) error {
	var settled inflight.Position
	if _, err := r.store.Load(ctx, cycle.WritesRecord, &settled); err != nil {
		return err
	}
	var err error
	r.writes, err = inflight.Open(filepath.Join(r.cfg.State, "inflight.jsonl"), settled)
	return err
}

// committed is the path of a log in Out and its committed length: 0
// if the state refers to another file.
func (r *run) committed(ctx context.Context, key, name string) (path string, keep int64, err error) {
	path = filepath.Join(r.cfg.Out, name)
	var position cycle.LogPosition
	if _, err := r.store.Load(ctx, key, &position); err != nil {
		return "", 0, err
	}
	if position.Path == path {
		keep = position.Offset
	}
	return path, keep, nil
}
