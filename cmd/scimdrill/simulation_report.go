package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// maxEscrows is how many escrows a report lists.
const maxEscrows = 100

// section is what the report says about the run of the engine; cause is why it broke off.
func (s *simulation) section(ctx context.Context, res *simulator.Result, cause error) (*reports.Simulation, error) {
	sec := &reports.Simulation{
		Profile: s.cfg.App.Name, EscrowsTotal: len(res.Escrows), Cycles: []reports.Cycle{},
		Job: reports.Job{
			ID: res.Job.ID, Status: res.Job.Status.Code, Quarantined: res.Job.Status.Quarantine != nil,
			Disabled: res.Job.Schedule.State == job.Disabled && res.Job.Status.Quarantine != nil,
		},
		Quarantines: quarantines(res.Audit),
	}
	if cause != nil && !errors.Is(cause, context.Canceled) {
		sec.Stopped = s.redact.Text(cause.Error())
	}
	numbers := map[string]int{}
	for _, c := range res.Cycles {
		sec.Cycles = append(sec.Cycles, reportCycle(c))
		numbers[c.ID] = c.Number
	}
	var err error
	if sec.Entries, sec.EntriesTotal, err = readLog(filepath.Join(s.cfg.Out, "provisioning-log.jsonl"), numbers); err != nil {
		return nil, err
	}
	sec.Events = diary(s.cfg.Changes, sec.Entries)
	sec.Escrows, err = s.escrows(ctx, res)
	return sec, err
}

func cycleState(c cycle.Result) string {
	switch {
	case c.Failed:
		return reports.CycleFailed
	case c.Counts.Failed > 0:
		return reports.CycleEntryLevelErrors
	default:
		return reports.CycleSucceeded
	}
}

func reportCycle(c cycle.Result) reports.Cycle {
	n := c.Counts
	r := reports.Cycle{
		Number: c.Number, Kind: string(c.Kind), Began: c.Began, Ended: c.Ended, State: cycleState(c),
		Counts: reports.CycleCounts{
			Imported: int(n.Imported), Created: int(n.Created), Updated: int(n.Updated), Disabled: int(n.Disabled),
			Deleted: int(n.Deleted), Skipped: int(n.Skipped), Failed: int(n.Failed), Escrowed: int(n.Escrows + n.ReferenceEscrows),
			MembershipsAdded: int(n.MembersAdded), MembershipsRemoved: int(n.MembersRemoved), Requests: int(n.Requests),
		},
	}
	if c.Cause != nil {
		r.Events = append(r.Events, "quarantine: "+string(c.Cause.Reason)+": "+c.Cause.Error.Message)
	}
	return r
}

func figures(c cycle.Result) cycleFigures {
	return cycleFigures{
		Number: c.Number, Kind: string(c.Kind), Began: c.Began, Ended: c.Ended, State: cycleState(c),
		Exported: c.Counts.Exports(), Imported: c.Counts.Imported, Escrowed: c.Counts.Escrows + c.Counts.ReferenceEscrows,
		Requests: c.Counts.Requests,
	}
}

// quarantines folds the audit log into spans of quarantine.
func quarantines(audit []*job.Audit) []reports.Span {
	var spans []reports.Span
	detail := func(a *job.Audit, key string) string {
		for _, d := range a.AdditionalDetails {
			if d.Key == key {
				return d.Value
			}
		}
		return ""
	}
	for _, a := range audit {
		at := time.Time(a.ActivityDateTime)
		switch event := detail(a, "Event"); {
		case event == "":
		case event == "left":
			if n := len(spans); n > 0 {
				spans[n-1].Ended = at
				spans[n-1].Attempts = append(spans[n-1].Attempts, reports.Attempt{At: at, Result: "the cause is gone"})
			}
		case event == "entered" || len(spans) == 0:
			spans = append(spans, reports.Span{Began: at, Reason: detail(a, "Reason"), Error: a.ResultReason})
		default:
			n := len(spans)
			spans[n-1].Attempts = append(spans[n-1].Attempts, reports.Attempt{At: at, Result: a.ResultReason})
		}
	}
	return spans
}

// readLog chooses the entries of the provisioning log that the report shows.
func readLog(path string, numbers map[string]int) ([]reports.Entry, int, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, broken("", "read the provisioning log: %w", err)
	}
	defer f.Close()
	var chosen reports.EntryLog
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for dec.More() {
		var entry provlog.Summary
		if err := dec.Decode(&entry); err != nil {
			return nil, 0, broken("", "read the provisioning log %s: %w", path, err)
		}
		chosen.Add(reportEntry(entry, numbers[entry.CycleID]))
	}
	entries, total := chosen.Entries()
	return entries, total, nil
}

func reportEntry(s provlog.Summary, number int) reports.Entry {
	e := reports.Entry{
		Time: time.Time(s.ActivityDateTime), Cycle: number, Action: string(s.ProvisioningAction), Status: string(s.ProvisioningStatusInfo.Status),
		ObjectType: s.SourceIdentity.IdentityType, SourceID: s.SourceIdentity.ID, SourceName: s.SourceIdentity.DisplayName, TargetID: s.TargetIdentity.ID,
	}
	if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil {
		e.Error = info.ErrorCode + ": " + info.Reason
	}
	for _, step := range s.ProvisioningSteps {
		r := reports.Step{Name: step.Name, Type: string(step.Type), Status: string(step.Status), Description: step.Description}
		for _, d := range step.Details {
			if r.Details == nil {
				r.Details = map[string]string{}
			}
			r.Details[d.Key] = d.Value
		}
		e.Steps = append(e.Steps, r)
	}
	for _, m := range s.ModifiedProperties {
		e.Modified = append(e.Modified, reports.Change{Name: m.DisplayName, Old: deref(m.OldValue), New: deref(m.NewValue)})
	}
	return e
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// escrows names the objects whose failure waits for a retry.
func (s *simulation) escrows(ctx context.Context, res *simulator.Result) (list []reports.Escrow, err error) {
	if len(res.Escrows) == 0 {
		return nil, nil
	}
	ctx = context.WithoutCancel(ctx) // an interrupted run is reported too
	t, err := directory.Open(ctx, filepath.Join(s.cfg.State, "tenant.db"))
	if err != nil {
		return nil, broken("", "%w", err)
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	for _, e := range res.Escrows[:min(len(res.Escrows), maxEscrows)] {
		r := reports.Escrow{Since: e.First, Attempts: e.Attempts, NextAttempt: e.Due, Error: s.redact.Text(e.Code + ": " + e.Reason)}
		o, err := t.Get(ctx, e.Num)
		if err != nil {
			return nil, broken("", "%w", err)
		}
		if o != nil {
			r.ObjectType, r.SourceID = o.Kind.String(), o.ID
			r.SourceName, _ = o.Properties["displayName"].(string)
		}
		list = append(list, r)
	}
	return list, nil
}
