package engine_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// snapshot are the files of a state and of its logs at one instant, as kill -9 leaves them.
type snapshot struct{ state, out string }

// killedAt runs a cycle that is killed at the n-th write of a kind ("POST /Users"): before the
// target gets it, or after the target did it and before the response.
func (s *story) killedAt(write string, n int, done bool, lines ...string) {
	s.t.Helper()
	s.changes(lines...)
	dead := snapshot{state: s.t.TempDir(), out: s.t.TempDir()}
	killed := false
	s.server.answer = func(_ http.ResponseWriter, r *http.Request, body string) bool {
		if !killed && strings.HasPrefix(r.Method+" "+r.URL.Path, write) {
			n--
		}
		if n > 0 {
			return false
		}
		if !killed {
			killed = true
			if done {
				r.Body = http.NoBody
				rec := httptest.NewRecorder()
				sent := r.Clone(r.Context())
				sent.Body, sent.ContentLength = nopCloser{strings.NewReader(body)}, int64(len(body))
				s.server.target.ServeHTTP(rec, sent)
				if rec.Code >= 300 {
					s.t.Errorf("%s: %d %s", write, rec.Code, rec.Body)
				}
				if r.Method == http.MethodPost {
					s.server.named(rec.Body.String(), short(body))
				}
			}
			s.copyTo(dead)
		}
		panic(http.ErrAbortHandler) // what a process asks after its death does not count
	}
	_ = s.run()
	if !killed {
		s.t.Fatalf("the cycle sent no %s", write)
	}
	s.server.answer, s.cfg.Tenant = nil, nil
	for from, to := range map[string]string{dead.state: s.cfg.State, dead.out: s.cfg.Out} {
		if err := os.RemoveAll(to); err != nil {
			s.t.Fatal(err)
		}
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			s.t.Fatal(err)
		}
	}
}

type nopCloser struct{ *strings.Reader }

// Close does nothing.
func (nopCloser) Close() error { return nil }

func (s *story) copyTo(to snapshot) {
	for from, to := range map[string]string{s.cfg.State: to.state, s.cfg.Out: to.out} {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			s.t.Error(err)
		}
	}
}

// away runs a cycle while the target cannot be reached.
func (s *story) away() {
	s.server.answer = func(http.ResponseWriter, *http.Request, string) bool { panic(http.ErrAbortHandler) }
	_ = s.run()
	s.server.answer = nil
}

// whole compares the target with names, and the log with the target: each object has been
// created once, and no id stands in the log twice.
func (s *story) whole(want ...string) {
	s.t.Helper()
	var got []string
	made := map[string]int{}
	s.logged = 0
	seen := map[string]bool{}
	for _, e := range s.entries() {
		if seen[e.ID] {
			s.t.Errorf("the id %s stands in the log twice", e.ID)
		}
		seen[e.ID] = true
		if e.ProvisioningAction == "create" && e.ProvisioningStatusInfo.Status == "success" {
			made[e.TargetIdentity.ID]++
		}
	}
	for _, collection := range []string{"Users", "Groups"} {
		var list struct {
			Resources []struct {
				ID, UserName, DisplayName string
				Active                    *bool
				Members                   []struct{ Value string }
			}
		}
		if err := json.Unmarshal([]byte(s.server.do(s.t, http.MethodGet, "/"+collection+"?count=1000", "")), &list); err != nil {
			s.t.Fatal(err)
		}
		for _, r := range list.Resources {
			name, _, _ := strings.Cut(r.UserName, "@")
			if name == "" {
				name = r.DisplayName
			}
			if r.Active != nil && !*r.Active {
				name += " off"
			}
			if len(r.Members) > 0 {
				name += fmt.Sprint(" has ", len(r.Members))
			}
			got = append(got, name)
			if made[r.ID] != 1 {
				s.t.Errorf("the log has %d creates of %s", made[r.ID], name)
			}
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		s.t.Errorf("the target (-want +got):\n%s", diff)
	}
}

// TestKilled (S1): whatever the instant of the kill, and whatever changed before the next run, each
// object is made once, and the log tells of it once.
func TestKilled(t *testing.T) {
	t.Parallel()
	people := []string{user("a"), user("b"), user("c"), group("g", "a", "b"), assigned("a"), assigned("b"), assigned("c"), assigned("g")}
	renamed := func(id string) string { return change(id, "userPrincipalName", `"new-`+id+`@contoso.test"`) }
	regrouped := strings.Replace(regroup("g"), `"members@delta":[]`, `"displayName":"h"`, 1)
	for name, tt := range map[string]struct {
		before []string // changes of the cycle that is killed; none is the first cycle
		write  string
		n      int
		done   bool
		away   bool     // the target cannot be reached at first
		tenant []string // what changed in the tenant before the next run
		want   []string
	}{
		"created, answered": {write: "POST /Users", n: 3, want: []string{"a", "b", "c", "g has 2"}},
		"created, answered, renamed": {
			write: "POST /Users", n: 3, tenant: []string{renamed("a"), renamed("b")}, want: []string{"new-a", "new-b", "c", "g has 2"},
		},
		"the same, and the target is away": {write: "POST /Users", n: 3, away: true, tenant: []string{renamed("a")}, want: []string{"new-a", "b", "c", "g has 2"}},
		"created, no answer":               {write: "POST /Users", n: 2, done: true, want: []string{"a", "b", "c", "g has 2"}},
		"created, no answer, renamed": {
			write: "POST /Users", n: 2, done: true, away: true, tenant: []string{renamed("b")}, want: []string{"a", "new-b", "c", "g has 2"},
		},
		"created, no answer, blocked": {
			write: "POST /Users", n: 2, done: true, tenant: []string{change("b", "accountEnabled", "false")}, want: []string{"a", "b off", "c", "g has 2"},
		},
		"announced, not sent, renamed": {write: "POST /Users", n: 2, tenant: []string{renamed("b")}, want: []string{"a", "new-b", "c", "g has 2"}},
		"the group, no answer, renamed": {
			write: "POST /Groups", n: 1, done: true, away: true, tenant: []string{regrouped}, want: []string{"a", "b", "c", "h has 2"},
		},
		"a new group of a later cycle": {
			before: []string{group("k", "c"), assigned("k")}, write: "PATCH /Groups", n: 1, want: []string{"a", "b", "c", "g has 2", "k has 1"},
		},
		"a member, answered, leaves": {
			write: "PATCH /Groups", n: 2, tenant: []string{regroup("g", "-a")}, want: []string{"a", "b", "c", "g has 1"},
		},
		"a member, no answer, leaves": {
			write: "PATCH /Groups", n: 1, done: true, tenant: []string{regroup("g", "-a")}, want: []string{"a", "b", "c", "g has 1"},
		},
		"a group deleted, no answer, comes back": {
			before: []string{unassigned("g")}, write: "DELETE /Groups", n: 1, done: true, tenant: []string{assigned("g")}, want: []string{"a", "b", "c", "g has 2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tell(t, people...)
			if tt.before != nil {
				s.cycle()
			}
			s.killedAt(tt.write, tt.n, tt.done, tt.before...)
			if tt.tenant != nil {
				s.cfg.Tenant = bytes.NewReader([]byte(strings.Join(tt.tenant, "\n")))
			}
			if tt.away {
				s.away()
			}
			s.cfg.Cycles = 3
			if err := s.run(); err != nil {
				t.Fatal(err)
			}
			s.whole(tt.want...)
			if len(s.result.Escrows) > 0 {
				t.Errorf("escrows: %+v", s.result.Escrows)
			}
		})
	}
}

// TestKilledWritesAreLogged (S1): a disable and an update that the target did are in the log once, answered or
// not.
func TestKilledWritesAreLogged(t *testing.T) {
	t.Parallel()
	for name, done := range map[string]bool{"answered": false, "no answer": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("a", "surname", `"A"`), user("b"), user("c"))
			s.cfg.ScopeAll = true
			s.cycle()
			n := 3
			if done {
				n = 2
			}
			s.killedAt("PATCH /Users", n, done, change("a", "surname", `"Z"`), change("b", "accountEnabled", "false"), change("c", "surname", `"C"`))
			s.cfg.Cycles = 3
			if err := s.run(); err != nil {
				t.Fatal(err)
			}
			s.whole("a", "b off", "c")
			s.logged = 0
			times := map[string]int{}
			for _, e := range s.entries() {
				if e.ProvisioningStatusInfo.Status == "success" && e.ProvisioningAction != "create" {
					times[e.ProvisioningAction+" "+e.SourceIdentity.ID]++
				}
			}
			if diff := cmp.Diff(map[string]int{"update a": 1, "disable b": 1, "update c": 1}, times); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCommitsByTime (S1): work is committed after a second of wall time, however few entries it has,
// and wall time never shows in the log.
func TestCommitsByTime(t *testing.T) {
	t.Parallel()
	logs := map[time.Duration]string{}
	for step, committed := range map[time.Duration]bool{0: false, time.Second: true} {
		s := tell(t, user("a"), user("b"), group("g", "a"), assigned("a"), assigned("b"), assigned("g"))
		now := time.Unix(0, 0)
		var mu sync.Mutex
		s.now = func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			now = now.Add(step)
			return now
		}
		s.server.answer = func(_ http.ResponseWriter, r *http.Request, _ string) bool {
			if r.Method == http.MethodPost && r.URL.Path == "/Groups" && s.committed() > 0 != committed {
				t.Errorf("a clock that goes by %v: committed is %v", step, !committed)
			}
			return false
		}
		s.cycle()
		raw, err := os.ReadFile(filepath.Join(s.cfg.Out, "provisioning-log.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		logs[step] = string(raw)
	}
	if diff := cmp.Diff(logs[0], logs[time.Second]); diff != "" {
		t.Errorf("the clock shows in the log:\n%s", diff)
	}
}

// committed is the length of the log that the state holds.
func (s *story) committed() int64 {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(s.cfg.State, "job.db")+"?mode=ro")
	if err != nil {
		s.t.Error(err)
		return 0
	}
	defer db.Close()
	var length int64
	err = db.QueryRowContext(s.t.Context(), "SELECT json_extract(value, '$.offset') FROM record WHERE key = 'log'").Scan(&length)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		s.t.Error(err)
	}
	return length
}
