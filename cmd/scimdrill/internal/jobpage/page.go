package jobpage

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
)

// Row is a line of the page.
type Row struct{ Head, Text string }

// Rows is the page of a job.
func Rows(ctx context.Context, o *engine.Office) ([]Row, error) {
	g, err := o.Job.Graph(ctx)
	if err != nil {
		return nil, err
	}
	unfinished, err := o.Job.Unfinished(ctx)
	if err != nil {
		return nil, err
	}
	rec := o.Job.Record()
	rows := []Row{
		{"job", cmp.Or(o.Setup.Title, o.Setup.App) + ", " + g.ID},
		{"target", o.Setup.Target},
		{"status", status(&rec, g)},
		{"schedule", "every " + o.Setup.Interval.String() + ", " + g.Schedule.State},
	}
	if c := o.Credentials; c != nil {
		rows = append(rows, Row{"credentials", c.Kind + ", saved on " + stamp(c.At)})
	}
	rows = append(rows, quarantined(&rec)...)
	rows = append(rows, Row{"last cycle", last(&rec)}, Row{"next cycle", next(o.Job, &rec, unfinished)}, Row{"progress", progress(g.Status.Progress)})
	for _, c := range g.Status.SynchronizedEntryCountByType {
		rows = append(rows, Row{"provisioned", c.Key + ": " + console.Grouped(c.Value)})
	}
	rows = append(rows, Row{"escrows", console.Grouped(int64(len(o.Escrows)))}, Row{"scope", scope(&rec)})
	rows = append(rows, settings(o.Settings, &rec)...)
	rows = append(rows, letters(o)...)
	return append(rows, files(o.Setup.Out)...), nil
}

// status is Graph's status code, and what it means where the code alone does not say it.
func status(rec *job.Record, g job.Synchronization) string {
	switch {
	case rec.Quarantine.Disabled:
		return g.Status.Code + ", disabled after 28 days in quarantine; `scimdrill job start` starts it when the cause is corrected"
	case rec.Paused:
		return g.Status.Code + "; `scimdrill job start` resumes it"
	}
	return g.Status.Code
}

// quarantined says why the job is in quarantine, and how long it may stay there.
func quarantined(rec *job.Record) []Row {
	q := rec.Quarantine
	if !q.Active() {
		return nil
	}
	rows := []Row{
		{"quarantine", fmt.Sprintf("%s since %s, imposed %s", q.Reason, stamp(q.SeriesBegan), console.Counted(q.SeriesCount, "time"))},
		{"", cmp.Or(q.Error.Code+": ", "") + q.Error.Message},
	}
	if !q.Disabled {
		rows = append(rows, Row{"", "the job is disabled on " + stamp(q.Ends()) + " unless the cause is corrected before"})
	}
	if n := len(rec.Staged); n > 0 {
		rows = append(rows, Row{"held back", console.Counted(n, "deletion") + "; `scimdrill job restart --scope ForceDeletes` allows them"})
	}
	return rows
}

func last(rec *job.Record) string {
	e := rec.Last
	if e == nil {
		return "none"
	}
	text := fmt.Sprintf("%d, began %s, took %s, %s: %s imported, %s exported, %s escrowed", rec.Cycle, stamp(e.TimeBegan), e.TimeEnded.Sub(e.TimeBegan).Round(time.Second),
		e.State, console.Grouped(e.CountImported), console.Grouped(e.CountExported), console.Grouped(e.CountEscrowed))
	if e.ActivityIdentifier != nil {
		text += ", activity " + *e.ActivityIdentifier
	}
	return text
}

func next(j *job.Job, rec *job.Record, unfinished bool) string {
	at, runs := j.Next()
	switch {
	case !runs, rec.Paused:
		return "none"
	case unfinished:
		return fmt.Sprintf("%s, %s, due since %s; it repeats a cycle that was broken off", strconv.Itoa(rec.Cycle+1), kind(j), stamp(rec.Next))
	}
	return fmt.Sprintf("%d, %s, %s", rec.Cycle+1, kind(j), stamp(at))
}

func kind(j *job.Job) string {
	if j.NextKind() == cycle.Initial {
		return "initial"
	}
	return "incremental"
}

// progress is the progress of the last cycle that read objects, in pages of the source (E-330).
func progress(list []job.Progress) string {
	if len(list) == 0 {
		return "none"
	}
	p := list[0]
	percent := int64(100)
	if p.TotalUnits > 0 {
		percent = 100 * p.CompletedUnits / p.TotalUnits
	}
	return fmt.Sprintf("%d %% (%s of %s %s) on %s", percent, console.Grouped(p.CompletedUnits), console.Grouped(p.TotalUnits), p.Units, stamp(p.ProgressObservationDateTime))
}

func scope(rec *job.Record) string {
	switch {
	case rec.ScopeAll:
		return "all users and groups"
	case rec.ScopeInForce:
		return "assigned users and groups, in force after a restart"
	}
	return "assigned users and groups"
}

// settings are notifications and the prevention of accidental deletion.
func settings(s options.Settings, rec *job.Record) []Row {
	mail := "no address; `scimdrill job set --notification-email ADDRESS` sets one"
	switch {
	case s.Notified() != "":
		mail = s.Mail + ", on"
	case s.Mail != "":
		mail = s.Mail + ", off"
	}
	deletions := "not prevented"
	if d := s.Cycle.Deletions; d.On {
		deletions = "a cycle that would disable or delete more than " + console.Grouped(d.Threshold) + " objects is held back"
	}
	return []Row{{"notification", mail}, {"deletions", deletions}}
}

func letters(o *engine.Office) []Row {
	rows := make([]Row, 0, len(o.Letters))
	for i := range o.Letters {
		l := &o.Letters[i]
		rows = append(rows, Row{"mail", fmt.Sprintf("%s, to %s: %s (%s) %s", stamp(l.At), l.To, l.Subject(), l.State(), l.File)})
	}
	return rows
}

// files are the log and the report of the last run, if they are still there.
func files(out string) []Row {
	var rows []Row
	for _, f := range []Row{{"log", "provisioning-log.jsonl"}, {"audit log", "audit-log.jsonl"}, {"report", "report.html"}} {
		path := filepath.Join(out, f.Text)
		if _, err := os.Stat(path); err != nil {
			path = "none in " + out
		}
		rows = append(rows, Row{f.Head, path})
	}
	return rows
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }
