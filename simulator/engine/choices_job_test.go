package engine_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// failsFor refuses every create whose body holds a text, while it is asked to.
func (s *story) failsFor(text string, broken *bool) {
	s.server.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
		if !*broken || r.Method != http.MethodPost || !strings.Contains(body, text) {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
}

// TestJobChoices shows both sides of choices about cycles, restarts and failures of a job.
func TestJobChoices(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		value, scale string
		want         []string
	}{
		{"start", "10", []string{"0s initial", "40m0s incremental", "1h20m0s incremental"}},
		{"end", "10", []string{"0s initial", "42m48s incremental", "1h22m48s incremental"}}, // the first takes 7 × 24 s
		{"start", "1000", []string{"0s initial", "4h40m0s incremental", "5h20m0s incremental"}},
		{"end", "1000", []string{"0s initial", "5h20m0s incremental", "6h0m0s incremental"}},
	} {
		t.Run("A-1 intervalFrom "+tc.value+" with cycles that take time × "+tc.scale, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 3)
			b.cfg.Set["timeScale"], b.cfg.Set["intervalFrom"], b.cfg.Cycles = tc.scale, tc.value, 3
			if diff := cmp.Diff(tc.want, began(b.run().Cycles)); diff != "" {
				t.Errorf("cycles (-want +got):\n%s", diff)
			}
		})
	}

	for value, want := range map[string][]string{
		"false": {"GET Users/ada"}, "true": {`GET Users?filter=userName eq "ada@contoso.test"`},
	} {
		t.Run("A-16 E-53 restartDropsLinks "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("restartDropsLinks", value).cycle()
			portal := job.Portal
			s.cfg.Restart = &portal
			s.cycle().reads(want...).writes()
		})
	}
	t.Run("A-16 restartDropsLinks true, and other restarts keep them", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).set("restartDropsLinks", "true").cycle()
		watermark := job.Watermark
		s.cfg.Restart = &watermark
		s.cycle().reads("GET Users/ada")
		s.cfg.Restart = nil
		s.restart() // a saved schema
		s.cycle().reads("GET Users/ada")
	})
	t.Run("A-16 E-270 a restart that clears the watermark and forces deletes keeps the staged list", func(t *testing.T) {
		t.Parallel()
		for text, want := range map[string][]string{"Watermark": nil, "Watermark, ForceDeletes": {disableAda, "PATCH Users/bob Replace active=False"}} {
			s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob")).
				set("preventAccidentalDeletion", "true").set("deleteThreshold", "1").set("notificationEmail", "a@contoso.test").cycle()
			s.cycle(change("ada", "accountEnabled", "false"), change("bob", "accountEnabled", "false")).writes()
			scope, err := job.ParseScope(text)
			if err != nil {
				t.Fatal(err)
			}
			s.cfg.Restart = &scope
			s.cycle().writes(want...)
		}
	})

	for value, want := range map[string][]string{
		"advance": {`GET Users?filter=userName eq "bob@contoso.test"`},
		"stay":    {"GET Users/ada", `GET Users?filter=userName eq "bob@contoso.test"`},
	} {
		t.Run("A-33 watermarkOnErrors "+value, func(t *testing.T) {
			t.Parallel()
			broken := true
			s := tell(t, user("ada"), user("eve"), assigned("ada"), assigned("eve")).set("watermarkOnErrors", value)
			s.failsFor("bob@", &broken)
			s.cycle()
			s.cycle(change("ada", "jobTitle", `"Head"`), user("bob"), assigned("bob")).writes("PATCH Users/ada Add title=Head", "POST Users bob")
			broken = false
			s.cycle().reads(want...).writes("POST Users bob")
			s.cycle().reads()
		})
	}
	t.Run("A-33 watermarkOnErrors stay, and an initial cycle with a failure is followed by another", func(t *testing.T) {
		t.Parallel()
		broken := true
		s := tell(t, user("ada"), assigned("ada")).set("watermarkOnErrors", "stay")
		s.failsFor("ada@", &broken)
		s.cycle().cycle()
		if kind := s.result.Cycles[0].Kind; kind != "initial" {
			t.Errorf("the second cycle is %s", kind)
		}
	})

	for value, want := range map[string]string{
		"badRequest": "SystemForCrossDomainIdentityManagementBadRequest", "incompatible": "SystemForCrossDomainIdentityManagementServiceIncompatible",
		"short": "BadRequest",
	} {
		t.Run("A-37 W-107 badPatchCode "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("badPatchCode", value)
			s.server.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
				if r.Method == http.MethodPatch || strings.Contains(body, "bob@") {
					w.WriteHeader(http.StatusBadRequest)
					return true
				}
				return false
			}
			s.cycle().log("ada create success")
			s.cycle(change("ada", "jobTitle", `"Head"`), user("bob"), assigned("bob")).
				log("ada update failure "+want, "bob create failure "+incompatible)
		})
	}

	for value, want := range map[string]string{"5000": "Active", "1": "Quarantine"} {
		t.Run("A-38 A-25 quarantineEvaluate "+value, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 3)
			b.cfg.Set["quarantineEvaluate"] = value
			b.refuse(func(r *http.Request, _ string) int {
				if r.Method == http.MethodPost {
					return http.StatusInternalServerError
				}
				return 0
			})
			if code := b.run().Job.Status.Code; code != want {
				t.Errorf("the job whose every object met a server error is %s, want %s", code, want)
			}
		})
	}
}

// TestEscrowChoices is about failures that are kept.
func TestEscrowChoices(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]int{"false": 0, "true": 1} {
		t.Run("A-43 onDemandEscrows "+value, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 0, 1)
			b.people(2)
			b.cfg.Set = map[string]string{"onDemandEscrows": value}
			broken := true
			b.refuse(func(r *http.Request, body string) int {
				if broken && r.Method == http.MethodPost && strings.Contains(body, "u000@") {
					return http.StatusInternalServerError
				}
				return 0
			})
			b.cfg.Cycles = 1
			broken = false
			b.run()
			b.drop(t.Context(), "u000@x.example")
			// The account is gone, so the demand fails as InvalidAnchor.
			if got := verdict(b.must(engine.Demand{User: "u000"})); got != "Failure InvalidAnchor" {
				t.Errorf("on demand: %s", got)
			}
			res := b.run()
			if n := len(res.Escrows); n != want {
				t.Errorf("%d escrows, want %d", n, want)
			}
			looked := 0
			for _, s := range b.log() {
				if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil && info.ErrorCode == provlog.CodeInvalidAnchor {
					looked++
				}
			}
			if looked != 1+want { // the demand, and the cycle's retry
				t.Errorf("%d entries say InvalidAnchor, want %d", looked, 1+want)
			}
		})
	}

	for value, want := range map[string]string{"drop": "Active", "disable": "Paused"} {
		t.Run("A-45 E-237 escrowEnd "+value, func(t *testing.T) {
			t.Parallel()
			b := lifeBench(t, 2)
			b.cfg.Interval = 6 * time.Hour
			b.cfg.Set["escrowEnd"] = value
			b.refuse(func(r *http.Request, body string) int {
				if r.Method == http.MethodPost && strings.Contains(body, "u001@x.example") {
					return http.StatusInternalServerError
				}
				return 0
			})
			res := b.play(30 * 24 * time.Hour)
			last := res.Cycles[len(res.Cycles)-1].Began.Sub(engine.Start())
			disabled := last < 28*24*time.Hour
			if res.Job.Status.Code != want || disabled != (value == "disable") {
				t.Errorf("after 30 days the job is %s, its last cycle began after %v", res.Job.Status.Code, last)
			}
			if got := fmt.Sprint(activities(res)); strings.Contains(got, "Disable/pause") != disabled {
				t.Errorf("the audit log has %s", got)
			}
		})
	}
}
