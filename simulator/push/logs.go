package push

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// grace is the time that a running exchange may take after the run was stopped.
const grace = 10 * time.Second

// logRecord is the key of the committed length of the log.
const logRecord = "log"

type logPosition struct {
	Path   string `json:"path"`
	Offset int64  `json:"offset"`
}

// openLogs opens the files in Out. The log is cut to its committed length.
func (r *run) openLogs(ctx context.Context) error {
	if err := wholefile.PrivateDir(r.cfg.Out); err != nil {
		return fmt.Errorf("create the output folder: %w", err)
	}
	path := filepath.Join(r.cfg.Out, r.provider.LogName())
	var committed logPosition
	if _, err := r.store.Load(ctx, logRecord, &committed); err != nil {
		return err
	}
	keep := int64(0)
	if committed.Path == path {
		keep = committed.Offset
	}
	var err error
	if r.log, err = provlog.CreateFile(path, keep); err != nil {
		return err
	}
	if !r.cfg.Embedded && !r.cfg.Rehearsal {
		if err := r.openJournal(); err != nil {
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

// openJournal opens the journal and reads what earlier runs of this state made.
func (r *run) openJournal() error {
	path := filepath.Join(r.cfg.Out, "journal.jsonl")
	var err error
	if r.journal, err = journal.Begin(path, journal.Header{Target: r.owner.Target, Run: r.cfg.RunID, State: r.owner.ID}); err != nil {
		return err
	}
	entries, err := journal.Read(path)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.ID != "" {
			r.made[e.Collection+" "+e.ID] = e.Seq
		} else {
			r.intended[e.Collection+" "+e.Value] = e.Seq
		}
	}
	return nil
}

// commit makes an object's part durable: first the log, then the state that refers to its length.
func (r *run) commit(ctx context.Context) error {
	if err := r.log.Flush(); err != nil {
		return err
	}
	if err := r.store.Save(ctx, logRecord, logPosition{Path: r.log.Path(), Offset: r.log.Offset()}); err != nil {
		return err
	}
	return r.store.Commit(ctx)
}
