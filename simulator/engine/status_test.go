package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// after puts an instant as the time after the start, the zero time as "never".
func after(at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	return at.Sub(engine.Start()).String()
}

func ended(e *job.Execution) string {
	if e == nil {
		return "none"
	}
	return after(e.TimeEnded) + " " + e.State
}

// failing refuses to create or change a user while the number says so.
func (b *bench) failing(number *int) {
	b.refuse(func(r *http.Request, body string) int {
		if *number >= 0 && r.Method != http.MethodGet && strings.Contains(body+r.URL.Path, fmt.Sprintf("u%03d@x.example", *number)) {
			return http.StatusInternalServerError
		}
		return 0
	})
}

func TestStatus(t *testing.T) {
	t.Parallel()

	t.Run("E-330 G-9 progress counts pages of a hundred", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 250)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		deps := engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now, Progress: func(_ int, p cycle.Phase, done, _ int64) {
			if p == cycle.PhaseUsers && done == 120 {
				cancel()
			}
		}}
		res, err := engine.Run(ctx, b.cfg, deps)
		if err == nil {
			t.Fatal("the run was not stopped")
		}
		p := res.Job.Status.Progress
		if len(p) != 1 || p[0].CompletedUnits != 2 || p[0].TotalUnits != 3 || p[0].Units != "pages" {
			t.Errorf("progress with 120 of 250 users read: %+v; want 2 of 3 pages", p)
		}
	})

	for value, want := range map[string]int{"last": 1, "empty": 0} {
		t.Run("A-59 progressBetweenCycles "+value, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 250)
			b.cfg.Set, b.cfg.Cycles = map[string]string{"progressBetweenCycles": value}, 2 // the second reads nothing
			p := b.run().Job.Status.Progress
			if len(p) != want || want > 0 && (p[0].CompletedUnits != 4 || p[0].TotalUnits != 4 || p[0].ProgressObservationDateTime.IsZero()) {
				t.Errorf("progress between cycles: %+v, want %d, of 4 pages", p, want)
			}
		})
	}

	t.Run("E-331 statistics of the last cycle lead to its log", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(3)
		res := b.run()
		last := res.Job.Status.LastExecution
		for _, s := range b.log() {
			if s.CycleID != *last.ActivityIdentifier || s.JobID != res.Job.ID {
				t.Errorf("the log has cycle %s of job %s, the status %s of %s", s.CycleID, s.JobID, *last.ActivityIdentifier, res.Job.ID)
			}
		}
		// Three users, a group and a PATCH for each of three members: 0.04 minutes each.
		if began, took := after(last.TimeBegan), last.TimeEnded.Sub(last.TimeBegan); began != "0s" || took != 7*2400*time.Millisecond {
			t.Errorf("it began at %s and took %v", began, took)
		}
		counts := map[string]int64{}
		for _, c := range res.Job.Status.SynchronizedEntryCountByType {
			kind, _, _ := strings.Cut(c.Key, " to ")
			counts[kind] = c.Value
		}
		if diff := cmp.Diff(map[string]int64{"User": 3, "Group": 1}, counts); diff != "" {
			t.Errorf("E-333 users and groups to date (-want +got):\n%s", diff)
		}
	})

	t.Run("E-332 E-333 executions, steady state, failures in a row", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 3)
		number := -1
		b.failing(&number)
		down := b.refusing()
		lines := []string{
			`{"at":"PT70M","@odata.type":"#microsoft.graph.user","id":"u003","displayName":"Late","userPrincipalName":"u003@x.example","accountEnabled":true}`,
			`{"at":"PT70M","@odata.type":"#microsoft.graph.appRoleAssignment","id":"a003","principalId":"u003","principalType":"User"}`,
		}
		b.change(lines...)
		var got []string
		look := func(at time.Duration) job.Moment {
			return act(at, func(ctx context.Context, j *job.Job, _ time.Time) error {
				g, err := j.Graph(ctx)
				s := g.Status
				got = append(got, fmt.Sprintf("last %s, good %s, with exports %s, steady %s to %s, failures %d",
					ended(s.LastExecution), ended(s.LastSuccessfulExecution), ended(s.LastSuccessfulExecutionWithExports),
					after(s.SteadyStateFirstAchievedTime), after(s.SteadyStateLastAchievedTime), s.CountSuccessiveCompleteFailures))
				return err
			})
		}
		res := b.play(10*time.Hour,
			look(0), look(10*time.Minute), look(50*time.Minute),
			act(time.Hour, func(context.Context, *job.Job, time.Time) error { number = 3; return nil }), look(90*time.Minute),
			act(100*time.Minute,
				func(context.Context, *job.Job, time.Time) error { number = -1; down.Store(true); return nil }), look(150*time.Minute), look(8*time.Hour+10*time.Minute))
		want := []string{
			"last never Failed, good none, with exports none, steady never to never, failures 0", // the dummy of G-11
			"last 0s Succeeded, good 0s Succeeded, with exports 0s Succeeded, steady 0s to 0s, failures 0",
			"last 40m0s Succeeded, good 40m0s Succeeded, with exports 0s Succeeded, steady 0s to 40m0s, failures 0",
			"last 1h20m0s EntryLevelErrors, good 40m0s Succeeded, with exports 0s Succeeded, steady 0s to 40m0s, failures 0",
			"last 2h0m0s Failed, good 40m0s Succeeded, with exports 0s Succeeded, steady 0s to 40m0s, failures 1",
			"last 8h0m0s Failed, good 40m0s Succeeded, with exports 0s Succeeded, steady 0s to 40m0s, failures 2",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if e := res.Job.Status.LastExecution.Error; e == nil || e.Code != invalid {
			t.Errorf("the error of the failed execution: %+v", e)
		}
	})

	t.Run("E-332 G-7 the counters of an execution", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 3)
		number := 1
		b.failing(&number)
		b.change(`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"u002","surname":"Renamed"}`)
		figures := func(e *job.Execution) []int64 {
			return []int64{e.CountImported, e.CountImportedDeltas, e.CountImportedReferenceDeltas, e.CountEntitled, e.CountExports, e.CountExported, e.CountEscrowed}
		}
		first := figures(b.run().Job.Status.LastExecution)
		second := figures(b.run().Job.Status.LastExecution)
		// Imported, of these deltas, reference deltas, entitled, exports, of these done, escrows. First
		// three users and a group are read, a user fails, and the membership of it has to wait; the PATCH
		// of the group for the two others is an export too. Then come a change, the user again, and the
		// group for the membership that waits.
		if diff := cmp.Diff([][]int64{{4, 0, 3, 4, 5, 4, 2}, {3, 1, 1, 3, 2, 1, 2}}, [][]int64{first, second}); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestQuarantineIsSeen(t *testing.T) {
	t.Parallel()
	b := lifeBench(t, 2)
	b.cfg.Set["notificationEmail"] = "it@x.example"
	down := b.refusing()
	var seen job.Synchronization
	res := b.play(4*24*time.Hour,
		act(30*time.Minute, func(context.Context, *job.Job, time.Time) error { down.Store(true); return nil }),
		glance(20*time.Hour, &seen))

	t.Run("E-256 G-10 the quarantine says since when, when looked at, how often, and when next", func(t *testing.T) {
		q := seen.Status.Quarantine
		if q == nil {
			t.Fatal("no quarantine")
		}
		got := fmt.Sprintf("%s since %s, last %s, %d times, next %s, %s", q.Reason, after(q.SeriesBegan), after(q.CurrentBegan), q.SeriesCount, after(*q.NextAttempt),
			q.Error.Code)
		if want := "EncounteredQuarantineException since 40m0s, last 12h40m0s, 3 times, next 24h40m0s, " + invalid; got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	})
	t.Run("E-257 cycles go on, down to one a day", func(t *testing.T) {
		want := []string{
			"0s initial", "40m0s incremental", "6h40m0s incremental", "12h40m0s incremental", "24h40m0s incremental", "48h40m0s incremental", "72h40m0s incremental",
		}
		if diff := cmp.Diff(want, began(res.Cycles)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("E-261 A-44 it is seen in the status, in the audit log and in the event of a mail, without text of a mail", func(t *testing.T) {
		if seen.Status.Code != "Quarantine" {
			t.Errorf("status %s", seen.Status.Code)
		}
		var got []string
		for _, a := range res.Audit {
			if a.ActivityDisplayName != "Quarantine" {
				continue
			}
			var details []string
			for _, d := range a.AdditionalDetails {
				details = append(details, d.Key+"="+d.Value)
			}
			got = append(got, a.Result+" "+strings.Join(details, " "))
		}
		want := []string{ // one mail, though the attempts go on (E-335)
			"failure Event=entered Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-05T14:40:00Z Mail=true Recipients=it@x.example",
			"failure Event=kept Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-05T20:40:00Z Mail=false",
			"failure Event=kept Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-06T08:40:00Z Mail=false",
			"failure Event=kept Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-07T08:40:00Z Mail=false",
			"failure Event=kept Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-08T08:40:00Z Mail=false",
			"failure Event=kept Reason=EncounteredQuarantineException ErrorCode=" + invalid + " NextAttempt=2026-01-09T08:40:00Z Mail=false",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAuditActivities(t *testing.T) {
	t.Parallel()
	t.Run("E-336 G-45 the activities of the audit log", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		down := b.refusing()
		res := b.play(4*time.Hour, pause(30*time.Minute), resume(50*time.Minute),
			act(55*time.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
				return j.ChangeCredentials(ctx, at, "Bearer secret")
			}),
			act(time.Hour, func(ctx context.Context, j *job.Job, at time.Time) error {
				return j.ChangeSchema(ctx, at, renamed(t, b.cfg.App.Schema))
			}),
			restart(2*time.Hour, job.Portal),
			act(125*time.Minute, func(context.Context, *job.Job, time.Time) error { down.Store(true); return nil }))
		want := []string{
			"Enable/start provisioning configuration success", "Disable/pause provisioning configuration success", "Enable/start provisioning configuration success",
			"Update provisioning setting or credentials success", "Update attribute mappings or scope success",
			"Enable/restart provisioning configuration success", "Quarantine failure",
		}
		if diff := cmp.Diff(want, activities(res)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// TestCountingAnew shows what S of the proportion is: exports since the escrows were cleared.
func TestCountingAnew(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		scope job.Scope
		want  string
	}{
		{"E-240 A-25 cleared escrows restart the count of successes", job.Escrows, "Quarantine"},
		{"A-25 otherwise all exports of the job count", 0, "Active"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 3)
			b.cfg.Set["quarantineEvaluate"] = "1"
			number := -1
			b.failing(&number)
			b.change(
				`{"at":"PT70M","@odata.type":"#microsoft.graph.user","id":"u003","displayName":"Late","userPrincipalName":"u003@x.example","accountEnabled":true}`,
				`{"at":"PT70M","@odata.type":"#microsoft.graph.appRoleAssignment","id":"a003","principalId":"u003","principalType":"User"}`)
			res := b.play(110*time.Minute, restart(50*time.Minute, tc.scope),
				act(time.Hour, func(context.Context, *job.Job, time.Time) error { number = 3; return nil }))
			if c := res.Cycles[len(res.Cycles)-1].Counts; res.Job.Status.Code != tc.want || c.Escrows != 1 {
				t.Errorf("the job is %s with %d escrows, want %s with one failure after four good exports", res.Job.Status.Code, c.Escrows, tc.want)
			}
		})
	}

	t.Run("E-254 the proportion of an older page, as an option", func(t *testing.T) {
		t.Parallel()
		for failed, want := range map[int]map[string]string{ // of 20 users; group and memberships are two exports more
			9:  {"0.4": "Quarantine", "0.6": "Active"},
			14: {"0.4": "Quarantine", "0.6": "Quarantine"},
		} {
			for proportion, code := range want {
				b := lifeBench(t, 20)
				b.cfg.Set["quarantineEvaluate"], b.cfg.Set["quarantineProportion"] = "5", proportion
				b.refuse(func(r *http.Request, body string) int {
					for i := range failed {
						if r.Method == http.MethodPost && strings.Contains(body, fmt.Sprintf("u%03d@x.example", i)) {
							return http.StatusBadRequest
						}
					}
					return 0
				})
				if got := b.run().Job.Status.Code; got != code {
					t.Errorf("%d of 22 failed, proportion %s: the job is %s, want %s", failed, proportion, got, code)
				}
			}
		}
	})
}
