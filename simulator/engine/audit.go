package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// auditRecord is the key of the committed length of the audit log in the state.
const auditRecord = "auditLog"

// auditFile is audit-log.jsonl under construction.
type auditFile struct {
	file   *os.File
	path   string
	offset int64
}

// openAudit opens the audit log and truncates it to keep bytes. A later event belongs to a
// state that was never committed, and is written again.
func openAudit(path string, keep int64) (*auditFile, error) {
	file, err := wholefile.OpenPrivate(path, os.O_RDWR)
	if err != nil {
		return nil, fmt.Errorf("open audit log: %w", err)
	}
	end, err := file.Seek(0, io.SeekEnd)
	if err == nil && end < keep {
		err = fmt.Errorf("%s has %d bytes, but the state of the job expects %d; hint: give the folder that belongs to the state", path, end, keep)
	}
	if err == nil {
		err = file.Truncate(keep)
	}
	if err == nil {
		_, err = file.Seek(keep, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open audit log: %w", err), file.Close())
	}
	return &auditFile{file: file, path: path, offset: keep}, nil
}

// writeAudit appends an event; the new length of the file becomes durable with the state.
func (r *run) writeAudit(ctx context.Context, a *job.Audit) error {
	r.result.Audit = append(r.result.Audit, a)
	if r.deps.Audited != nil {
		r.deps.Audited(a)
	}
	line, err := json.Marshal(a)
	if err == nil {
		var n int
		n, err = r.audit.file.Write(append(outside.JSON(line), '\n'))
		r.audit.offset += int64(n)
	}
	if err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	return r.store.Save(context.WithoutCancel(ctx), auditRecord, cycle.LogPosition{Path: r.audit.path, Offset: r.audit.offset})
}
