package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

func pause(at time.Duration) job.Moment {
	return act(at, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Pause(ctx, at) })
}

func resume(at time.Duration) job.Moment {
	return act(at, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) })
}

// glance keeps what Graph shows of the job at an instant.
func glance(at time.Duration, into *job.Synchronization) job.Moment {
	return act(at, func(ctx context.Context, j *job.Job, _ time.Time) (err error) {
		*into, err = j.Graph(ctx)
		return err
	})
}

// refusing answers everything with 401 while it is set.
func (b *bench) refusing() *atomic.Bool {
	var down atomic.Bool
	b.refuse(func(*http.Request, string) int {
		if down.Load() {
			return http.StatusUnauthorized
		}
		return 0
	})
	return &down
}

func lifeBench(t *testing.T, users int) *bench {
	b := newBench(t, "goto", 0, 1)
	b.people(users)
	b.cfg.Set = map[string]string{"timeScale": "0"}
	return b
}

func TestLifeOfAJob(t *testing.T) {
	t.Parallel()

	t.Run("E-10 E-11 schedule and code of a job that has not run, runs, is paused, is in quarantine", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		down := b.refusing()
		var fresh, runs, paused, ill job.Synchronization
		b.play(5*time.Hour,
			glance(0, &fresh), glance(time.Hour, &runs), pause(90*time.Minute), glance(95*time.Minute, &paused),
			act(100*time.Minute, func(context.Context, *job.Job, time.Time) error { down.Store(true); return nil }),
			resume(100*time.Minute), glance(3*time.Hour, &ill))
		got := []string{}
		for _, g := range []job.Synchronization{fresh, runs, paused, ill} {
			got = append(got, g.Schedule.State+" "+g.Schedule.Interval+" "+g.Status.Code)
		}
		want := []string{"Active PT40M NotRun", "Active PT40M Active", "Disabled PT40M Paused", "Active PT40M Quarantine"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})

	t.Run("E-5 G-4 the id of a job", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 1)
		id := b.run().Job.ID
		if !regexp.MustCompile(`^goto\.[0-9a-f]{32}\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`).MatchString(id) {
			t.Errorf("job id %s, want template, tenant without dashes, and a guid", id)
		}
		for _, s := range b.log() {
			if s.JobID != id || !strings.Contains(id, "."+strings.ReplaceAll(s.TenantID, "-", "")+".") {
				t.Errorf("the log has job %s of tenant %s", s.JobID, s.TenantID)
			}
		}
	})

	t.Run("E-13 the deletion threshold is a setting, a string", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 1)
		if got := b.run().Job.Settings; len(got) != 0 {
			t.Errorf("without prevention: %v", got)
		}
		b.cfg.Set = map[string]string{"preventAccidentalDeletion": "true", "notificationEmail": "it@x.example"}
		if diff := cmp.Diff([]job.Setting{{Name: "QuarantineTooManyDeletesThreshold", Value: "500"}}, b.run().Job.Settings); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})

	t.Run("E-14 E-18 the first cycle is initial, then incremental ones go on, until the mappings change", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		res := b.play(2*24*time.Hour, act(30*time.Hour+10*time.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
			return j.ChangeSchema(ctx, at, renamed(t, b.cfg.App.Schema))
		}))
		var initial []time.Duration
		for _, c := range res.Cycles {
			if c.Kind == cycle.Initial {
				initial = append(initial, c.Began.Sub(engine.Start()))
			}
		}
		if diff := cmp.Diff([]time.Duration{0, 30*time.Hour + 10*time.Minute}, initial); diff != "" || len(res.Cycles) != 46+27 {
			t.Errorf("%d cycles, want 46 and then 27; initial ones (-want +got):\n%s", len(res.Cycles), diff)
		}
	})

	t.Run("E-15 a pause lets the running cycle end", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 3)
		b.cfg.Set = map[string]string{"timeScale": "100"} // four minutes for each object
		res := b.play(5*time.Hour, pause(time.Minute))
		if len(res.Cycles) != 1 || res.Cycles[0].Counts.Created != 4 || res.Cycles[0].Counts.MembersAdded != 3 || res.Job.Status.Code != "Paused" {
			t.Errorf("%d cycles, %+v, job %s", len(res.Cycles), res.Cycles[0].Counts, res.Job.Status.Code)
		}
	})

	t.Run("E-16 E-274 a start clears the quarantine and goes on", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		down := b.refusing()
		set := func(at time.Duration, bad bool) job.Moment {
			return act(at, func(context.Context, *job.Job, time.Time) error { down.Store(bad); return nil })
		}
		var ill, well job.Synchronization
		res := b.play(3*time.Hour, set(30*time.Minute, true), glance(time.Hour, &ill), set(time.Hour, false), resume(time.Hour), glance(time.Hour, &well))
		if ill.Status.Quarantine == nil || well.Status.Quarantine != nil || well.Status.Code != "Active" {
			t.Errorf("before the start %+v, after it %s %+v", ill.Status.Quarantine, well.Status.Code, well.Status.Quarantine)
		}
		if diff := cmp.Diff([]string{"0s initial", "40m0s incremental", "1h0m0s incremental", "1h40m0s incremental", "2h20m0s incremental"},
			began(res.Cycles)); diff != "" {
			t.Errorf("cycles (-want +got):\n%s", diff)
		}
	})

	t.Run("E-17 a pause keeps watermark, links and escrows", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 3)
		b.refuse(func(r *http.Request, body string) int {
			if r.Method == http.MethodPost && strings.Contains(body, "u002@x.example") {
				return http.StatusInternalServerError
			}
			return 0
		})
		b.block("PT3H", 1)
		res := b.play(7*time.Hour, pause(time.Hour), resume(6*time.Hour+10*time.Minute))
		after := res.Cycles[2]
		if got := after.Began.Sub(engine.Start()); got != 6*time.Hour+10*time.Minute || after.Kind != cycle.Incremental {
			t.Errorf("the cycle after the pause began at %v and is %s", got, after.Kind)
		}
		if c := after.Counts; c.Disabled != 1 || c.LinkedUsers != 0 || c.Created != 0 || c.Failed != 1 {
			t.Errorf("it disabled %d, linked %d, created %d, failed %d; want 1, 0, 0 and the one escrow", c.Disabled, c.LinkedUsers, c.Created, c.Failed)
		}
		for _, e := range res.Escrows {
			if !e.First.Equal(engine.Start()) {
				t.Errorf("escrow of %d counts from %v", e.Num, e.First)
			}
		}
		if len(res.Escrows) == 0 {
			t.Error("there is no escrow left")
		}
	})

	t.Run("E-56 E-273 a schema saved during a cycle counts from the next one on", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 2)
		b.cfg.Set = map[string]string{"timeScale": "100"}
		var during string
		res := b.play(90*time.Minute, act(time.Minute, func(ctx context.Context, j *job.Job, at time.Time) error {
			during = family(b.account(ctx, "u000@x.example"))
			return j.ChangeSchema(ctx, at, renamed(t, b.cfg.App.Schema))
		}))
		if after := family(b.account(t.Context(), "u000@x.example")); during != "S000" || after != "New" {
			t.Errorf("the family name was %q after the running cycle and %q after the next; want S000 and New", during, after)
		}
		if res.Cycles[1].Kind != cycle.Initial || !res.Cycles[1].Began.Equal(res.Cycles[0].Ended) {
			t.Errorf("the next cycle is %s and began at %v, the first ended at %v", res.Cycles[1].Kind, res.Cycles[1].Began, res.Cycles[0].Ended)
		}
	})
}

func family(account map[string]any) string {
	name, _ := account["name"].(map[string]any)
	return fmt.Sprint(name["familyName"])
}

// renamed is the schema in which every user has the family name New, without groups.
func renamed(t *testing.T, schema *syncschema.Schema) *syncschema.Schema {
	t.Helper()
	rule, _, err := schema.Outbound()
	if err != nil {
		t.Fatal(err)
	}
	for i := range rule.ObjectMappings {
		om := &rule.ObjectMappings[i]
		om.Enabled = om.SourceObjectName == "User"
		for k := range om.AttributeMappings {
			if a := &om.AttributeMappings[k]; a.TargetAttributeName == "name.familyName" {
				a.Source = &syncschema.Source{Type: "Constant", Name: "New"}
			}
		}
	}
	return schema
}

// TestEndOfRetries is about the 28 days of an object, which are not those of the job.
func TestEndOfRetries(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		days int
		want int
	}{{27, 1}, {29, 0}} {
		t.Run(fmt.Sprintf("A-45 E-237 after %d days %d escrows, the job stays active", tc.days, tc.want), func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 2)
			b.cfg.Interval = 6 * time.Hour
			b.refuse(func(r *http.Request, body string) int {
				if r.Method == http.MethodPost && strings.Contains(body, "u001@x.example") {
					return http.StatusInternalServerError
				}
				return 0
			})
			res := b.play(time.Duration(tc.days) * 24 * time.Hour)
			objects := 0
			for _, e := range res.Escrows {
				if e.Fault.Code == provlog.CodeInternalServerError {
					objects++
				}
			}
			if objects != tc.want || res.Job.Status.Code != "Active" {
				t.Errorf("%d escrows, job %s", objects, res.Job.Status.Code)
			}
		})
	}
}

func TestRetryInTheLog(t *testing.T) {
	t.Parallel()
	t.Run("E-236 E-239 the log says how often was retried, and when the next try may come", func(t *testing.T) {
		t.Parallel()
		b := lifeBench(t, 1)
		b.refuse(func(r *http.Request, body string) int {
			if r.Method == http.MethodPost && strings.Contains(body, "u000@x.example") {
				return http.StatusInternalServerError
			}
			return 0
		})
		res := b.play(7 * time.Hour)
		var got []string
		for _, s := range b.log() {
			if s.SourceIdentity.ID != "u000" {
				continue
			}
			reason := s.ProvisioningStatusInfo.ErrorInformation.Reason
			if !strings.HasPrefix(reason, "StatusCode: InternalServerError\r\nMessage: ") {
				t.Errorf("the reason begins otherwise: %s", reason)
			}
			_, tail, _ := strings.Cut(reason, "This operation was ")
			got = append(got, time.Time(s.ActivityDateTime).Sub(engine.Start()).String()+" "+tail)
		}
		want := []string{
			"0s retried 0 times. It will be retried again after this date: 2026-01-05T08:00:00.0000000Z UTC",
			"40m0s retried 1 times. It will be retried again after this date: 2026-01-05T14:00:00.0000000Z UTC",
			"6h0m0s retried 2 times. It will be retried again after this date: 2026-01-05T20:00:00.0000000Z UTC",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after %d cycles (-want +got):\n%s", len(res.Cycles), diff)
		}
	})
}
