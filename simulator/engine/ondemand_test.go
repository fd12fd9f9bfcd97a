package engine_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// demand provisions on demand; reads and writes are in b.seen.
func (b *bench) demand(what engine.Demand) (*cycle.Demanded, error) {
	b.seen = nil
	res, err := engine.OnDemand(b.t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now}, what)
	b.cfg.Tenant = nil
	if res == nil {
		return nil, err
	}
	return &res.Demanded, err
}

func (b *bench) must(what engine.Demand) *cycle.Demanded {
	b.t.Helper()
	res, err := b.demand(what)
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

// verdict is result and code.
func verdict(d *cycle.Demanded) string {
	result, code, _ := job.Verdict(d)
	return strings.TrimSpace(result + " " + code)
}

func stepTypes(d *cycle.Demanded) []string {
	var out []string
	for _, e := range d.Entries {
		for _, s := range e.ProvisioningSteps {
			out = append(out, string(s.Type)+" "+string(s.Status))
		}
	}
	return out
}

func TestOnDemand(t *testing.T) {
	t.Parallel()

	t.Run("E-281 A-22 every step is shown, scope before match; a repetition is redundant", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(3)
		d := b.must(engine.Demand{User: "u001@x.example"})
		if verdict(d) != "Success" || b.find(t.Context(), "u001@x.example") == "" || b.find(t.Context(), "u000@x.example") != "" {
			t.Errorf("%s; account %q, of another user %q", verdict(d), b.find(t.Context(), "u001@x.example"), b.find(t.Context(), "u000@x.example"))
		}
		if diff := cmp.Diff([]string{"import success", "scoping success", "matching success", "export success"}, stepTypes(d)); diff != "" {
			t.Errorf("steps (-want +got):\n%s", diff)
		}
		if got := verdict(b.must(engine.Demand{User: "u001"})); got != "Skipped RedundantExport" { // E-288
			t.Errorf("E-288: the second time %s", got)
		}
		if n := len(b.log()); n != 2 {
			t.Errorf("A-43: the log has %d entries, want 2", n)
		}
	})

	t.Run("A-43 a cycle afterwards knows the link and reads from where it stood", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(3)
		b.must(engine.Demand{User: "u001"})
		id := b.find(t.Context(), "u001@x.example")
		b.cfg.Cycles = 1
		res := b.run()
		c := res.Cycles[0]
		if c.Kind != cycle.Initial || c.Number != 1 || c.Counts.Created != 3 || b.find(t.Context(), "u001@x.example") != id {
			t.Errorf("cycle %d is %s and created %d (two users and the group), account %s was %s", c.Number, c.Kind, c.Counts.Created,
				b.find(t.Context(), "u001@x.example"), id)
		}
	})

	t.Run("A-43 success ends the escrow of the object, failure leaves none", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(2)
		broken := true
		b.refuse(func(r *http.Request, body string) int {
			if broken && r.Method == http.MethodPost && strings.Contains(body, "@x.example") {
				return http.StatusInternalServerError
			}
			return 0
		})
		d := b.must(engine.Demand{User: "u000"})
		if got := verdict(d); got != "Failure InternalServerError" {
			t.Errorf("on demand: %s", got)
		}
		if res := b.run(); len(res.Escrows) != 4 { // two users and their memberships
			t.Errorf("the cycle keeps %d escrows, want 4", len(res.Escrows))
		}
		broken = false
		b.must(engine.Demand{User: "u000"})
		b.cfg.Cycles = 0
		b.cfg.For = time.Second // no cycle: only what is left
		res := b.run()
		for _, e := range res.Escrows {
			if e.What == "object" && e.Attempts == 0 && e.Num == 1 {
				t.Errorf("the escrow of u000 is still there: %+v", e)
			}
		}
		if len(res.Escrows) != 3 {
			t.Errorf("%d escrows are left, want 3", len(res.Escrows))
		}
	})

	t.Run("E-288 out of scope is skipped, and E-283 who was unassigned is disabled", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "customappsso", 0, 1)
		b.people(2)
		b.run()
		b.cfg.Tenant = strings.NewReader(`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a000","principalId":"u000","principalType":"User","@removed":{"reason":"deleted"}}
{"@odata.type":"#microsoft.graph.group","id":"g","members@delta":[{"id":"u000","@removed":{"reason":"deleted"}}]}
{"@odata.type":"#microsoft.graph.user","id":"new","displayName":"New","userPrincipalName":"new@x.example"}`)
		if got := verdict(b.must(engine.Demand{User: "new"})); got != "Skipped NotEffectivelyEntitled" {
			t.Errorf("E-288: %s", got)
		}
		d := b.must(engine.Demand{User: "u000"})
		if verdict(d) != "Success" || d.Entries[0].ProvisioningAction != provlog.Disable || b.active(t.Context(), "u000@x.example") != "false" {
			t.Errorf("E-283: %s, action %s, active %s", verdict(d), d.Entries[0].ProvisioningAction, b.active(t.Context(), "u000@x.example"))
		}
	})

	t.Run("E-285 W-119 the flag in the tenant URL has no effect", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "customappsso", 0, 1)
		b.people(1)
		b.cfg.Endpoint.TenantURL += "?aadOptscim062020"
		b.run()
		b.cfg.Tenant = strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"u000","displayName":"Renamed"}`)
		b.must(engine.Demand{User: "u000"})
		last := b.seen[len(b.seen)-1]
		if !strings.HasPrefix(last, "PATCH") || !strings.Contains(last, `{"op":"Replace","path":"displayName","value":"Renamed"}`) {
			t.Errorf("the last request is %s", last)
		}
	})

	t.Run("E-280 E-306 a group with picked members, and no others", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(3)
		b.must(engine.Demand{User: "u001"})
		d := b.must(engine.Demand{Group: "All", Members: []string{"u001", "u002"}})
		_, groups, memberships := b.target.Counts()
		if verdict(d) != "Success" || groups != 1 || memberships != 1 {
			t.Errorf("%s, %d groups, %d memberships; want one, of the member that is provisioned (E-293)", verdict(d), groups, memberships)
		}
		if steps := stepTypes(d); len(steps) == 0 || !strings.Contains(strings.Join(steps, ","), "referenceResolution warning") {
			t.Errorf("E-293: nothing says that u002 is not provisioned: %v", steps)
		}
	})

	t.Run("E-281 the test of the connection is shown when it fails, and nothing else is done", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(1)
		b.cfg.Endpoint.Authorization = "Bearer wrong"
		d := b.must(engine.Demand{User: "u000"})
		if got := verdict(d); !strings.HasPrefix(got, "Failure "+provlog.CodeInvalidCredentials) || len(d.Entries) != 0 || len(b.seen) != 1 {
			t.Errorf("%s with %d entries after %d requests", got, len(d.Entries), len(b.seen))
		}
	})
}

func TestOnDemandRefusals(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(7)
	b.run()
	b.cfg.Tenant = strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"u000","accountEnabled":false}
{"@odata.type":"#microsoft.graph.user","id":"u001","@removed":{"reason":"changed"}}
{"@odata.type":"#microsoft.graph.user","id":"alien","displayName":"Alien","userPrincipalName":"alien@x.example"}
{"@odata.type":"#microsoft.graph.group","id":"inner","displayName":"Inner"}
{"@odata.type":"#microsoft.graph.group","id":"g","members@delta":[{"id":"inner"}]}`)
	six := make([]string, 6)
	for i := range six {
		six[i] = fmt.Sprintf("u%03d", i+1)
	}
	for _, tc := range []struct {
		rule string
		what engine.Demand
	}{
		{"E-283", engine.Demand{User: "u000"}},
		{"E-283", engine.Demand{User: "u001"}},
		{"E-280", engine.Demand{Group: "g", Members: six}},
		{"E-280", engine.Demand{Group: "g", Members: []string{"alien"}}},
		{"E-280", engine.Demand{User: "u002", Members: []string{"u003"}}},
		{"E-284", engine.Demand{Group: "g", Members: []string{"inner"}}},
	} {
		t.Run(fmt.Sprintf("%s %v is refused", tc.rule, tc.what), func(t *testing.T) {
			_, err := b.demand(tc.what)
			refusal, ok := errors.AsType[*job.Refusal](err)
			if !ok || refusal.Rule != tc.rule || len(b.seen) != 0 {
				t.Errorf("%v after %d requests, want a refusal by %s and none", err, len(b.seen), tc.rule)
			}
		})
	}
}

func TestDemandGraph(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.people(1)
	answer, err := job.DemandGraph(b.must(engine.Demand{User: "u000"}))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("E-286 G-33 the key says what came of it", func(t *testing.T) {
		if want := `{"result":"Success","details":{"errorCode":"","errorMessage":""}}`; answer.Key != want {
			t.Errorf("key %s, want %s", answer.Key, want)
		}
	})
	t.Run("E-286 G-33 the value is the log entry", func(t *testing.T) {
		for _, part := range []string{
			`{"action":"Create","changeId":"`, `"startTime":"2026-01-05T08:00:00Z"`, `"type":"Import","status":"Success"`,
			`"reportableIdentifier":"User 000"`, `"statusInfo":{"status":"Success"`, `"sourceIdentity":{"id":"u000","type":"User","displayName":"User 000"`,
			`"sourceSystem":{"id":"`, `"name":"Microsoft Entra ID"`,
		} {
			if !strings.Contains(answer.Value, part) {
				t.Errorf("the value lacks %s:\n%s", part, answer.Value)
			}
		}
	})
}
