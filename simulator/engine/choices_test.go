package engine_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/engine"
)

// TestRetryAfter shows both sides of honorRetryAfter: a target that asks for two minutes, or
// names the instant, before it takes the user u000.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		option, header string
		status, times  int
		want           []string // log of u000: time, status, code
	}{
		{"true", "120", 429, 1, []string{"2m0s success"}},
		{"true", "Mon, 05 Jan 2026 08:03:00 GMT", 503, 1, []string{"3m0s success"}},
		{"true", "120", 429, 2, []string{"2m0s failure TooManyRequests", "40m0s success"}},
		{"true", "", 503, 1, []string{"0s failure InternalServerError", "40m0s success"}},
		{"false", "120", 429, 1, []string{"0s failure TooManyRequests", "40m0s success"}},
		{"false", "120", 503, 1, []string{"0s failure InternalServerError", "40m0s success"}},
	} {
		t.Run(fmt.Sprintf("A-21 E-241 W-135 W-C9 honorRetryAfter %s, %d times %d %s", tc.option, tc.times, tc.status, tc.header), func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 2)
			b.cfg.Set["honorRetryAfter"] = tc.option
			b.cfg.Parallel = 4
			var left atomic.Int64
			left.Store(int64(tc.times))
			inner := b.server.Config.Handler
			b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var body strings.Builder
				if _, err := copyBody(&body, r); err != nil {
					t.Error(err)
				}
				if r.Method == http.MethodPost && strings.Contains(body.String(), "u000@x.example") && left.Add(-1) >= 0 {
					w.Header().Set("Retry-After", tc.header)
					w.WriteHeader(tc.status)
					return
				}
				inner.ServeHTTP(w, r)
			})
			b.cfg.Cycles = 2
			deps := engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now, TargetNow: b.clock.Now}
			if _, err := engine.Run(t.Context(), b.cfg, deps); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range b.log() {
				if s.SourceIdentity.ID != "u000" {
					continue
				}
				line := after(time.Time(s.ActivityDateTime)) + " " + string(s.ProvisioningStatusInfo.Status)
				if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil {
					line += " " + info.ErrorCode
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
		})
	}
}

// TestChoices shows options whose other side no other test shows on a whole job.
func TestChoices(t *testing.T) {
	t.Parallel()
	for option, want := range map[string][]string{
		"current": {"0s", "40m0s", "6h0m0s", "12h0m0s"}, "page": {"0s", "6h0m0s", "12h0m0s"}, "2022": {"0s", "40m0s", "6h0m0s", "12h0m0s"},
	} {
		t.Run("A-2 E-237 E-238 retrySchedule "+option, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 1)
			b.cfg.Set["retrySchedule"] = option
			number := 0
			b.failing(&number)
			b.play(13 * time.Hour)
			var got []string
			for _, s := range b.log() {
				if s.SourceIdentity.ID == "u000" {
					got = append(got, after(time.Time(s.ActivityDateTime)))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("attempts (-want +got):\n%s", diff)
			}
		})
	}

	for option, want := range map[string][]string{
		"6h,12h,24h": {"0s initial", "6h0m0s initial", "12h0m0s initial"},
		"5m,6h":      {"0s initial", "5m0s initial", "6h0m0s initial"},
	} {
		t.Run("A-26 quarantineAttempts "+option, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 1)
			b.cfg.Set["quarantineAttempts"] = option
			b.refusing().Store(true)
			if diff := cmp.Diff(want, began(b.play(13*time.Hour).Cycles)); diff != "" {
				t.Errorf("cycles (-want +got):\n%s", diff)
			}
		})
	}

	for option, want := range map[string][]string{
		"managersFirst": {
			"POST Users ada", "POST Users bob", "PATCH Users/ada Add " + enterprise + ":manager=bob", "POST Groups g", "PATCH Groups/g Add members ada",
		},
		"groupsFirst": {"POST Users ada", "POST Users bob", "POST Groups g", "PATCH Users/ada Add " + enterprise + ":manager=bob", "PATCH Groups/g Add members ada"},
	} {
		t.Run("A-27 W-87 cycleOrder "+option, func(t *testing.T) {
			t.Parallel()
			tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), group("g", "ada"), assigned("g"), assigned("bob")).
				set("cycleOrder", option).cycle().writes(want...)
		})
	}

	for option, want := range map[string][]string{
		"false": {"POST Users bob"},
		"true":  {"POST Users bob", "PATCH Users/ada Add " + enterprise + ":manager=bob"},
	} {
		t.Run("E-44 E-137 retryUnresolved "+option, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada")).set("retryUnresolved", option)
			s.cycle().writes("POST Users ada")
			s.cycle(assigned("bob")).writes(want...)
		})
	}

	for option, want := range map[string]time.Duration{"1": 7 * 2400 * time.Millisecond, "0": 0, "10": 7 * 24 * time.Second} {
		t.Run("E-301 timeScale "+option, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 3) // three users, a group and a PATCH for each of three members
			b.cfg.Set["timeScale"] = option
			if c := b.run().Cycles[0]; c.Ended.Sub(c.Began) != want {
				t.Errorf("the cycle took %v, want %v", c.Ended.Sub(c.Began), want)
			}
		})
	}

	for interval, want := range map[time.Duration][]string{
		0: {"0s initial", "40m0s incremental", "1h20m0s incremental"}, 20 * time.Minute: {"0s initial", "20m0s incremental", "40m0s incremental"},
	} {
		t.Run(fmt.Sprintf("A-1 interval %v", interval), func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 1)
			b.cfg.Interval, b.cfg.Cycles = interval, 3
			if diff := cmp.Diff(want, began(b.run().Cycles)); diff != "" {
				t.Errorf("cycles (-want +got):\n%s", diff)
			}
		})
	}

	for dialect, want := range map[string]string{
		"legacy":       `{"op":"Add","path":"` + enterprise + `:manager","value":"ID"}`,
		"customappsso": `{"op":"Add","path":"manager","value":[{"$ref":"URL/Users/ID","value":"ID"}]}`,
	} {
		t.Run("A-11 dialect "+dialect, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"), assigned("bob"))
			s.cfg.Dialect = dialect
			s.cycle()
			hides := strings.NewReplacer(s.server.id("bob"), "ID", s.server.URL, "URL")
			if got := hides.Replace(s.calls[len(s.calls)-1].body); !strings.HasSuffix(got, `"Operations":[`+want+`]}`) {
				t.Errorf("the last request is %s, want %s", got, want)
			}
		})
	}

	for dialect, want := range map[string]string{"legacy": `"value":"False"`, "optscim": `"value":false`} {
		t.Run("A-10 dialect "+dialect, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada"), user("bob"), assigned("bob"))
			s.cfg.Dialect = dialect
			s.cycle()
			if !slices.ContainsFunc(s.calls, func(c call) bool {
				return c.method == http.MethodPost && strings.Contains(c.body, `"active":true`)
			}) {
				t.Error("no POST has a Boolean")
			}
			s.cycle(unassigned("ada"))
			if got := s.calls[len(s.calls)-1].body; !strings.Contains(got, want) {
				t.Errorf("the last request is %s, want %s", got, want)
			}
		})
	}
}
