package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// act is a moment of the timeline.
func act(at time.Duration, do func(context.Context, *job.Job, time.Time) error) job.Moment {
	return job.Moment{At: at, Do: do}
}

func restart(at time.Duration, s job.Scope) job.Moment {
	return act(at, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Restart(ctx, at, s) })
}

// people is a tenant of n assigned users and a group of all of them.
func (b *bench) people(n int) {
	b.t.Helper()
	var text strings.Builder
	var members []string
	for i := range n {
		fmt.Fprintf(&text,
			`{"@odata.type":"#microsoft.graph.user","id":"u%03d","displayName":"User %03d","userPrincipalName":"u%03d@x.example","mailNickname":"u%03d",`+
				`"mail":"u%03d@x.example","givenName":"U","surname":"S%03d","accountEnabled":true}`+"\n",
			i, i, i, i, i, i)
		fmt.Fprintf(&text, `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a%03d","principalId":"u%03d","principalType":"User"}`+"\n", i, i)
		members = append(members, fmt.Sprintf(`{"id":"u%03d"}`, i))
	}
	fmt.Fprintf(&text, `{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"All","securityEnabled":true,"members@delta":[%s]}`+"\n",
		strings.Join(members, ","))
	fmt.Fprintln(&text, `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"ag","principalId":"g","principalType":"Group"}`)
	b.cfg.Tenant = strings.NewReader(text.String())
}

// block blocks the first n users at an instant.
func (b *bench) change(lines ...string) {
	b.t.Helper()
	var err error
	if b.cfg.Changes, err = directory.ReadChanges(strings.NewReader(strings.Join(lines, "\n")), "changes"); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) block(at string, n int) {
	var lines []string
	for i := range n {
		lines = append(lines, fmt.Sprintf(`{"at":%q,"@odata.type":"#microsoft.graph.user","id":"u%03d","accountEnabled":false}`, at, i))
	}
	b.change(lines...)
}

// play runs the job for a time with a timeline.
func (b *bench) play(length time.Duration, timeline ...job.Moment) *engine.Result {
	b.t.Helper()
	b.cfg.Cycles, b.cfg.For = 0, length
	res, err := engine.Run(b.t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now, Timeline: timeline})
	if err != nil {
		b.t.Fatal(err)
	}
	b.cfg.Tenant = nil
	return res
}

// actions counts log entries by action and status.
func (b *bench) actions() map[string]int {
	out := map[string]int{}
	for _, s := range b.log() {
		out[string(s.ProvisioningAction)+" "+string(s.ProvisioningStatusInfo.Status)]++
	}
	return out
}

func began(cycles []cycle.Result) []string {
	var out []string
	for _, c := range cycles {
		out = append(out, fmt.Sprintf("%s %s", c.Began.Sub(engine.Start()), c.Kind))
	}
	return out
}

func activities(res *engine.Result) []string {
	var out []string
	for _, a := range res.Audit {
		out = append(out, a.ActivityDisplayName+" "+a.Result)
	}
	return out
}

func TestPauseAndStart(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(3)
	b.cfg.Set = map[string]string{"timeScale": "0"}
	b.block("PT2H", 1)
	res := b.play(5*time.Hour,
		act(time.Hour, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Pause(ctx, at) }),
		act(3*time.Hour, func(ctx context.Context, j *job.Job, at time.Time) error {
			g, err := j.Graph(ctx)
			if g.Status.Code != "Paused" || g.Schedule.State != "Disabled" { // E-12, G-11
				t.Errorf("G-11: a paused job is %s, its schedule %s", g.Status.Code, g.Schedule.State)
			}
			return err
		}),
		act(4*time.Hour+10*time.Minute, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) }))
	t.Run("E-15 E-274 no cycle while paused, then an incremental one that finds the change", func(t *testing.T) {
		if diff := cmp.Diff([]string{"0s initial", "40m0s incremental", "4h10m0s incremental", "4h50m0s incremental"}, began(res.Cycles)); diff != "" {
			t.Errorf("cycles (-want +got):\n%s", diff)
		}
		if got := res.Cycles[2].Counts.Disabled; got != 1 {
			t.Errorf("the first cycle after the pause disabled %d, want 1", got)
		}
	})
	want := []string{
		"Enable/start provisioning configuration success", "Disable/pause provisioning configuration success", "Enable/start provisioning configuration success",
	}
	if diff := cmp.Diff(want, activities(res)); diff != "" {
		t.Errorf("E-336 activities (-want +got):\n%s", diff)
	}
}

// TestRestartScopes shows what each scope keeps: one user fails for good, one target
// account was deleted by hand, and the job has links.
func TestRestartScopes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		scope   job.Scope
		kind    cycle.Kind
		escrows bool // the first failure is remembered
		links   bool // the account deleted by hand is InvalidAnchor; without links it is created anew
	}{
		{"E-265 portal", job.Portal, cycle.Initial, false, true},
		{"E-2 E-266 Watermark", job.Watermark, cycle.Initial, true, true},
		{"E-2 E-240 E-267 Escrows", job.Escrows, cycle.Incremental, false, true},
		{"E-2 E-268 QuarantineState", job.QuarantineState, cycle.Incremental, true, true},
		{"E-2 E-269 ConnectorDataStore", job.ConnectorDataStore, cycle.Initial, true, false},
		{"A-16 E-271 Full", job.Full, cycle.Initial, false, false},
		{"E-272 None", 0, cycle.Incremental, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 0, 1)
			b.people(4)
			b.cfg.Set = map[string]string{"timeScale": "0"}
			b.refuse(func(r *http.Request, body string) int {
				if r.Method == http.MethodPost && strings.Contains(body, "u003@x.example") {
					return http.StatusInternalServerError
				}
				return 0
			})
			var gone string
			res := b.play(2*time.Hour,
				act(50*time.Minute, func(ctx context.Context, _ *job.Job, _ time.Time) error {
					gone = b.drop(ctx, "u000@x.example")
					return nil
				}),
				restart(time.Hour, tc.scope))
			after := res.Cycles[2]
			if got := after.Began.Sub(engine.Start()); got != time.Hour || after.Kind != tc.kind {
				t.Errorf("the cycle after the restart began at %v and was %s, want 1h and %s", got, after.Kind, tc.kind)
			}
			if len(res.Escrows) == 0 && tc.escrows {
				t.Error("the escrow is gone")
			}
			for _, e := range res.Escrows {
				if e.Fault.Code == provlog.CodeInternalServerError && e.First.Equal(engine.Start()) != tc.escrows {
					t.Errorf("the escrow counts from %v, kept %v expected", e.First, tc.escrows)
				}
			}
			anchors := 0
			for _, s := range b.log() {
				if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil && info.ErrorCode == provlog.CodeInvalidAnchor {
					anchors++
				}
			}
			again := b.find(t.Context(), "u000@x.example")
			switch {
			case tc.kind == cycle.Incremental && (anchors != 0 || again != ""):
				t.Errorf("an incremental cycle looked at everybody: %d InvalidAnchor, account %q", anchors, again)
			case tc.kind == cycle.Initial && tc.links && (anchors == 0 || again != ""):
				t.Errorf("E-52: the link was not kept: %d InvalidAnchor, account %q", anchors, again)
			case tc.kind == cycle.Initial && !tc.links && (again == "" || again == gone):
				t.Errorf("A-16: the account was not made again: %q, before %q", again, gone)
			}
		})
	}
}

func TestAccidentalDeletions(t *testing.T) {
	t.Parallel()
	setup := func(t *testing.T, set map[string]string) *bench {
		b := newBench(t, "goto", 0, 1)
		b.people(6)
		b.cfg.Set = map[string]string{"timeScale": "0", "preventAccidentalDeletion": "true", "deleteThreshold": "3", "notificationEmail": "it@x.example"}
		maps.Copy(b.cfg.Set, set)
		return b
	}
	disabled := func(b *bench) int {
		n := 0
		for i := range 6 {
			if b.active(t.Context(), fmt.Sprintf("u%03d@x.example", i)) == "false" {
				n++
			}
		}
		return n
	}

	t.Run("A-15 the threshold itself passes", func(t *testing.T) {
		t.Parallel()
		b := setup(t, nil)
		b.block("PT30M", 3)
		res := b.play(time.Hour)
		if got := disabled(b); got != 3 || res.Job.Status.Code != "Active" {
			t.Errorf("%d are disabled, the job is %s", got, res.Job.Status.Code)
		}
	})

	t.Run("A-15 G-28 or is held back already, as an option", func(t *testing.T) {
		t.Parallel()
		b := setup(t, map[string]string{"deleteThresholdMet": "true"})
		b.block("PT30M", 3)
		if res := b.play(time.Hour); disabled(b) != 0 || res.Job.Status.Quarantine == nil {
			t.Errorf("%d are disabled, the job is %s", disabled(b), res.Job.Status.Code)
		}
	})

	t.Run("E-227 E-229 beyond it all are staged, and the rest of the cycle goes through", func(t *testing.T) {
		t.Parallel()
		b := setup(t, nil)
		lines := []string{`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"u005","surname":"Renamed"}`}
		for i := range 4 {
			lines = append(lines, fmt.Sprintf(`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"u%03d","accountEnabled":false}`, i))
		}
		b.change(lines...)
		res := b.play(time.Hour)
		if got := disabled(b); got != 0 {
			t.Errorf("%d are disabled", got)
		}
		q := res.Job.Status.Quarantine
		if q == nil || q.Reason != quarantine.TooManyDeletes {
			t.Fatalf("quarantine %+v, want TooManyDeletes", q)
		}
		if diff := cmp.Diff(map[string]int{"create success": 7, "update success": 2, "stagedDelete skipped": 4}, b.actions()); diff != "" {
			t.Errorf("log (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]job.Setting{{Name: "QuarantineTooManyDeletesThreshold", Value: "3"}}, res.Job.Settings); diff != "" {
			t.Errorf("E-13 (-want +got):\n%s", diff)
		}
	})

	t.Run("E-228 E-270 allow deletes executes them and the job is healthy", func(t *testing.T) {
		t.Parallel()
		b := setup(t, nil)
		b.block("PT30M", 4)
		res := b.play(3*time.Hour, restart(time.Hour, job.ForceDeletes))
		if got := disabled(b); got != 4 || res.Job.Status.Code != "Active" {
			t.Errorf("%d are disabled, the job is %s", got, res.Job.Status.Code)
		}
		if diff := cmp.Diff([]string{"0s initial", "40m0s incremental", "1h0m0s incremental", "1h40m0s incremental", "2h20m0s incremental"},
			began(res.Cycles)); diff != "" {
			t.Errorf("cycles (-want +got):\n%s", diff)
		}
	})

	t.Run("E-228 a repaired source and a restart reject them", func(t *testing.T) {
		t.Parallel()
		b := setup(t, nil)
		var lines []string
		for at, enabled := range map[string]string{"PT30M": "false", "PT50M": "true"} {
			for i := range 4 {
				lines = append(lines, fmt.Sprintf(`{"at":%q,"@odata.type":"#microsoft.graph.user","id":"u%03d","accountEnabled":%s}`, at, i, enabled))
			}
		}
		b.change(lines...)
		res := b.play(3*time.Hour, restart(time.Hour, job.Portal))
		if got := disabled(b); got != 0 || res.Job.Status.Code != "Active" {
			t.Errorf("%d are disabled, the job is %s", got, res.Job.Status.Code)
		}
	})

	t.Run("E-226 two cycles below the threshold never trip it", func(t *testing.T) {
		t.Parallel()
		b := setup(t, nil)
		var lines []string
		for i := range 6 {
			at := "PT30M"
			if i >= 3 {
				at = "PT70M"
			}
			lines = append(lines, fmt.Sprintf(`{"at":%q,"@odata.type":"#microsoft.graph.user","id":"u%03d","accountEnabled":false}`, at, i))
		}
		b.change(lines...)
		if res := b.play(2 * time.Hour); disabled(b) != 6 || res.Job.Status.Code != "Active" {
			t.Errorf("%d are disabled, the job is %s", disabled(b), res.Job.Status.Code)
		}
	})

	t.Run("E-225 nobody needs to be told, as in a live tenant", func(t *testing.T) {
		t.Parallel()
		b := setup(t, map[string]string{"preventAccidentalDeletion": "true", "deleteThreshold": "3"})
		b.block("PT30M", 5)
		if b.play(time.Hour); disabled(b) != 0 {
			t.Errorf("%d are disabled, want none", disabled(b))
		}
	})
	t.Run("E-225 off it holds nothing back", func(t *testing.T) {
		t.Parallel()
		b := setup(t, map[string]string{"preventAccidentalDeletion": "false"})
		b.block("PT30M", 5)
		if b.play(time.Hour); disabled(b) != 5 {
			t.Errorf("%d are disabled, want 5", disabled(b))
		}
	})
}

func TestScopeSetting(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(3)
	b.cfg.ScopeAll = true
	b.cfg.Set = map[string]string{"timeScale": "0"}
	b.change(
		`{"at":"PT30M","@odata.type":"#microsoft.graph.appRoleAssignment","id":"a000","principalId":"u000","principalType":"User","@removed":{"reason":"deleted"}}`,
		`{"at":"PT30M","@odata.type":"#microsoft.graph.group","id":"g","members@delta":[{"id":"u000","@removed":{"reason":"deleted"}}]}`,
		`{"at":"PT110M","@odata.type":"#microsoft.graph.user","id":"u000","jobTitle":"Guest"}`)
	var before string
	b.play(4*time.Hour,
		act(time.Hour, func(ctx context.Context, j *job.Job, at time.Time) error { return j.ChangeScope(ctx, at, false) }),
		act(170*time.Minute, func(ctx context.Context, _ *job.Job, _ time.Time) error {
			before = b.active(ctx, "u000@x.example")
			return nil
		}),
		restart(3*time.Hour, job.Portal))
	if after := b.active(t.Context(), "u000@x.example"); before != "true" || after != "false" {
		t.Errorf("E-47, E-275: active was %s before the restart and %s after it, want true and false", before, after)
	}
}

func TestQuarantineByLoweredCounts(t *testing.T) {
	t.Parallel()
	fails := func(n int) func(*http.Request, string) int {
		return func(r *http.Request, body string) int {
			for i := range n {
				if r.Method == http.MethodPost && strings.Contains(body, fmt.Sprintf("u%03d@x.example", i)) {
					return http.StatusBadRequest
				}
			}
			return 0
		}
	}
	// E-252 in tens instead of thousands, of 20 users and a group.
	for _, tc := range []struct {
		name   string
		failed int
		set    map[string]string
		want   quarantine.Reason
	}{
		{"E-252 A-25 quarantineEvaluate 5: below the number from which proportions are looked at", 4, map[string]string{"quarantineEvaluate": "5"}, ""},
		{"E-252 A-25 quarantineEvaluate 5: more than 40 percent", 9, map[string]string{"quarantineEvaluate": "5"}, quarantine.EscrowProportionThreshold},
		{
			"A-25 quarantineProportion 0.9: more than 40 percent, and that is not enough", 9,
			map[string]string{"quarantineEvaluate": "5", "quarantineProportion": "0.9"},
			"",
		},
		{"E-252 less than 40 percent", 5, map[string]string{"quarantineEvaluate": "5"}, ""},
		{"E-252 A-25 quarantineBase 4: more than the base", 5, map[string]string{"quarantineBase": "4"}, quarantine.BaseEscrowThreshold},
		{"E-252 A-25 quarantineTotal 9: more than the total with references", 5, map[string]string{"quarantineTotal": "9"}, quarantine.TotalEscrowThreshold},
		{"E-262 references count in the total only", 5, map[string]string{"quarantineBase": "5", "quarantineTotal": "10"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 0, 1)
			b.people(20)
			b.cfg.Set = tc.set
			b.refuse(fails(tc.failed))
			res := b.run()
			var got quarantine.Reason
			if q := res.Job.Status.Quarantine; q != nil {
				got = q.Reason
			}
			c := res.Cycles[0].Counts
			if got != tc.want || c.Escrows != int64(tc.failed) || c.ReferenceEscrows != int64(tc.failed) {
				t.Errorf("reason %q with %d failed objects and %d references, want %q with %d of each", got, c.Escrows, c.ReferenceEscrows, tc.want, tc.failed)
			}
		})
	}

	t.Run("A-14 otherwise counts quarantine an initial cycle at its end, as any other", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(20)
		b.cfg.Set = map[string]string{"quarantineBase": "4"}
		b.refuse(fails(5))
		res := b.run()
		if s := res.Job.Status; s.Code != "Quarantine" || s.EscrowsPruned || len(res.Escrows) == 0 || res.Cycles[0].Counts.Created != 16 {
			t.Errorf("status %s, pruned %v, %d escrows, %d created", s.Code, s.EscrowsPruned, len(res.Escrows), res.Cycles[0].Counts.Created)
		}
	})

	t.Run("A-14 E-34 pruned in the initial cycle, as an option", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(20)
		b.cfg.Set = map[string]string{"quarantineBase": "4", "initialPruning": "true"}
		b.refuse(fails(5))
		res := b.play(3 * time.Hour)
		s := res.Job.Status
		if s.Code != "Paused" || !s.EscrowsPruned || s.Quarantine != nil || len(res.Escrows) != 0 || len(res.Cycles) != 1 {
			t.Errorf("status %s, pruned %v, %d escrows after %d cycles", s.Code, s.EscrowsPruned, len(res.Escrows), len(res.Cycles))
		}
	})
}

func TestStatusJSON(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(3)
	b.cfg.Set = map[string]string{"timeScale": "0"}
	var first, paused map[string]any
	look := func(into *map[string]any) func(context.Context, *job.Job, time.Time) error {
		return func(ctx context.Context, j *job.Job, _ time.Time) error {
			g, err := j.Graph(ctx)
			if err != nil {
				return err
			}
			raw, err := json.Marshal(g.Status)
			if err != nil {
				return err
			}
			return json.Unmarshal(raw, into)
		}
	}
	b.change(`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"u000","@removed":{"reason":"deleted"}}`)
	b.play(time.Hour, act(0, look(&first)), act(50*time.Minute, look(&paused)))
	t.Run("E-35 before the end of its first cycle a job is NotRun", func(t *testing.T) {
		if first["code"] != "NotRun" {
			t.Errorf("it is %v", first["code"])
		}
	})
	want := map[string]any{ // G-11
		"activityIdentifier": nil, "countEntitled": 0., "countEntitledForProvisioning": 0., "countEscrowed": 0., "countEscrowedRaw": 0.,
		"countExported": 0., "countExports": 0., "countImported": 0., "countImportedDeltas": 0., "countImportedReferenceDeltas": 0.,
		"state": "Failed", "error": map[string]any{"code": "None", "message": "", "tenantActionable": false},
		"timeBegan": "0001-01-01T00:00:00Z", "timeEnded": "0001-01-01T00:00:00Z",
	}
	if diff := cmp.Diff(want, first["lastExecution"]); diff != "" {
		t.Errorf("G-11: the execution before the first one (-want +got):\n%s", diff)
	}
	t.Run("E-54 a deletion does not lower the counters", func(t *testing.T) {
		counts := []any{
			map[string]any{"key": "User to User", "value": 3.}, // of whom one was deleted
			map[string]any{"key": "Group to Group", "value": 1.},
		}
		for i, c := range counts {
			got, _ := paused["synchronizedEntryCountByType"].([]any)[i].(map[string]any)
			wanted := c.(map[string]any)
			if got["value"] != wanted["value"] || !strings.HasPrefix(got["key"].(string), strings.Fields(wanted["key"].(string))[0]+" to ") {
				t.Errorf("%v, want %v", got, wanted)
			}
		}
	})
}

// refuse answers a request with the status that the function gives, unless it is 0.
func (b *bench) refuse(status func(*http.Request, string) int) {
	inner := b.server.Config.Handler
	b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body strings.Builder
		if _, err := copyBody(&body, r); err != nil {
			b.t.Error(err)
		}
		if s := status(r, body.String()); s != 0 {
			w.WriteHeader(s)
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// account is what the target says about a user.
func (b *bench) account(ctx context.Context, userName string) map[string]any {
	b.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, b.server.URL+"/Users?filter=userName+eq+%22"+userName+"%22", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer secret")
	resp, err := b.server.Client().Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	var list struct{ Resources []map[string]any }
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil {
		b.t.Fatal(err)
	}
	if len(list.Resources) != 1 {
		return nil
	}
	return list.Resources[0]
}

func (b *bench) find(ctx context.Context, userName string) string {
	id, _ := b.account(ctx, userName)["id"].(string)
	return id
}

func (b *bench) active(ctx context.Context, userName string) string {
	return fmt.Sprint(b.account(ctx, userName)["active"])
}

// drop deletes a user in the target, as somebody there would.
func (b *bench) drop(ctx context.Context, userName string) string {
	b.t.Helper()
	id := b.find(ctx, userName)
	req, err := http.NewRequestWithContext(ctx, http.MethodDelete, b.server.URL+"/Users/"+id, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer secret")
	resp, err := b.server.Client().Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		b.t.Fatalf("DELETE %s: %s", userName, resp.Status)
	}
	return id
}

func copyBody(into *strings.Builder, r *http.Request) (int64, error) {
	raw, err := io.ReadAll(r.Body)
	into.Write(raw)
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return int64(len(raw)), err
}

func TestDisabledAfterPause(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(2)
	var down atomic.Bool
	b.refuse(func(*http.Request, string) int {
		if down.Load() {
			return http.StatusUnauthorized
		}
		return 0
	})
	b.cfg.Set = map[string]string{"timeScale": "0"}
	res := b.play(40*24*time.Hour,
		act(30*time.Minute, func(context.Context, *job.Job, time.Time) error { down.Store(true); return nil }),
		act(time.Hour, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Pause(ctx, at) }))
	if len(res.Cycles) != 2 || res.Job.Schedule.State != "Disabled" || res.Job.Status.Code != "Quarantine" {
		t.Errorf("A-26: %d cycles, schedule %s, status %s", len(res.Cycles), res.Job.Schedule.State, res.Job.Status.Code)
	}
	last := res.Audit[len(res.Audit)-1]
	if got := time.Time(last.ActivityDateTime).Sub(engine.Start()); got != 40*time.Minute+28*24*time.Hour {
		t.Errorf("E-259: disabled %v after the start", got)
	}

	t.Run("E-272 a start brings it back", func(t *testing.T) {
		down.Store(false)
		b.cfg.Restart = new(job.Scope)
		b.cfg.Cycles, b.cfg.For = 1, 0
		res := b.run()
		if res.Job.Status.Code != "Active" || len(res.Cycles) != 1 || res.Cycles[0].Kind != cycle.Incremental {
			t.Errorf("status %s after %d cycles", res.Job.Status.Code, len(res.Cycles))
		}
		if _, err := os.Stat(filepath.Join(b.cfg.Out, "job.json")); err != nil {
			t.Error(err)
		}
	})
}
