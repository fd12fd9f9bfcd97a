package play

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// entryLog chooses the entries of the provisioning log that the report shows: first what
// earlier runs left in the file, then what this run logs.
type entryLog struct {
	opened  bool
	entries reports.EntryLog
	err     error
}

// logged takes an entry before it is written.
func (s *simulation) logged(l cycle.Logged) {
	if s.watch != nil {
		s.watch.Logged(l)
	}
	s.entries.open(s.cfg.Out)
	s.entries.entries.AddFunc(string(l.Summary.ProvisioningStatusInfo.Status), func() reports.Entry {
		e := reportEntry(l.Summary, l.Cycle)
		if f := l.Entry.Failure; f != nil {
			e.Failure = s.failure("", "", &f.Fault)
		}
		return e
	})
}

// chosen are the entries for the report, and the number of all.
func (s *simulation) chosen() ([]reports.Entry, int, error) {
	s.entries.open(s.cfg.Out)
	entries, total := s.entries.entries.Entries()
	return entries, total, s.entries.err
}

// open reads the file of the log once. Before the first entry of this run is written, all
// that it holds is of earlier ones.
func (l *entryLog) open(dir string) {
	if l.opened {
		return
	}
	l.opened = true
	path := filepath.Join(dir, "provisioning-log.jsonl")
	f, err := os.Open(path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.err = exit.Broken("", "read the provisioning log: %w", err)
		}
		return
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<16))
	for dec.More() {
		var entry provlog.Summary
		if err := dec.Decode(&entry); err != nil {
			l.err = exit.Broken("", "read the provisioning log %s: %w", path, err)
			return
		}
		l.entries.Add(reportEntry(&entry, 0))
	}
}

// reportEntry is an entry of the log as the report has it.
func reportEntry(s *provlog.Summary, number int) reports.Entry {
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
