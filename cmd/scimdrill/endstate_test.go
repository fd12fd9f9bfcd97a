package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// spoiled serves a target behind a handler that may answer in its place.
func spoiled(t *testing.T, defect string, before func(w http.ResponseWriter, r *http.Request, body []byte) bool) string {
	t.Helper()
	o := target.Options{Seed: 1, Token: testToken, Now: time.Now}
	if defect != "" {
		o.Defects = []string{defect}
	}
	tgt, err := target.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		if before == nil || !before(w, r, body) {
			tgt.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

const endStateTenant = `{"@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"ada@a.test","displayName":"Ada Lovelace","accountEnabled":true}
{"@odata.type":"#microsoft.graph.user","id":"bob","userPrincipalName":"b@a.test","displayName":"Bob Byte","accountEnabled":true,"manager@delta":[{"id":"ada"}]}
{"@odata.type":"#microsoft.graph.user","id":"eve","userPrincipalName":"e@a.test","displayName":"Eve Stone","accountEnabled":true,"manager@delta":[{"id":"ada"}]}
{"@odata.type":"#microsoft.graph.user","id":"max","userPrincipalName":"max@a.test","displayName":"Max Gone","accountEnabled":false}
{"@odata.type":"#microsoft.graph.group","id":"sales","displayName":"Sales","securityEnabled":true,"members@delta":[{"id":"ada"},{"id":"bob"},{"id":"eve"}]}
`

const endStateChanges = `{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":"sales","members@delta":[{"id":"eve","@removed":{"reason":"changed"}}]}
{"at":"PT2H","@odata.type":"#microsoft.graph.user","id":"bob","accountEnabled":false}
`

// answered answers a request without doing anything.
func answered(w http.ResponseWriter, status int) bool {
	w.Header().Set("Content-Type", "application/scim+json")
	w.WriteHeader(status)
	return true
}

// TestEndState simulates against targets that look right while they are asked, and are wrong at
// the end (field D1 to D4, D7, D10).
func TestEndState(t *testing.T) {
	t.Parallel()
	patches := func(collection, text string) func(http.ResponseWriter, *http.Request, []byte) bool {
		return func(w http.ResponseWriter, r *http.Request, body []byte) bool {
			return r.Method == http.MethodPatch && strings.HasPrefix(r.URL.Path, collection) && strings.Contains(string(body), text) && answered(w, http.StatusNoContent)
		}
	}
	for name, c := range map[string]struct {
		defect string
		before func(http.ResponseWriter, *http.Request, []byte) bool
		flags  []string
		code   int
		want   []string
	}{
		"a right target": {
			want: []string{"3 users and 1 group compared", "4 users in the directory", "2 disabled"},
		},
		"D1 and D7: a removal empties a group": {
			defect: "MRM-01", code: reports.ExitFailed,
			want: []string{"2 memberships are missing in the target, in 1 group: Ada Lovelace in Sales, Bob Byte in Sales", "see MEM-005, MEM-006", "known as MRM-01"},
		},
		"D2: every POST fails for 35 days": {
			before: func(w http.ResponseWriter, r *http.Request, _ []byte) bool {
				return r.Method == http.MethodPost && r.URL.Path == "/Users" && answered(w, http.StatusInternalServerError)
			},
			flags: []string{"--for", "35d"}, code: reports.ExitFailed,
			want: []string{
				"2 people are missing in the target, and provisioning gave up: Ada Lovelace", "Eve Stone",
				"2 given up after 28 days, failed with InternalServerError",
			},
		},
		"D3: members are answered 204 and not stored": {
			before: patches("/Groups", "members"), code: reports.ExitFailed,
			want: []string{"2 memberships are missing in the target, in 1 group"},
		},
		"D4: managers are answered 204 and not stored": {
			before: patches("/Users", "manager"), code: reports.ExitFailed,
			want: []string{"manager is not kept by the target: the directory has one for 1 person", "known as MAN-03"},
		},
		"a leaver is not disabled": {
			before: patches("/Users", "active"), code: reports.ExitFailed,
			want: []string{"1 person is still active in the target and should be disabled: Bob Byte", "see ATT-002"},
		},
		"not compared":   {before: patches("/Users", "active"), flags: []string{"--verify", "off"}},
		"a sample":       {flags: []string{"--verify", "sample=2"}, want: []string{"(a sample of 2)"}},
		"no such sample": {flags: []string{"--verify", "some"}, code: reports.ExitUsage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := []string{
				"simulate", "--target", spoiled(t, c.defect, c.before), "--seed", "7", "--out", filepath.Join(dir, "out"), "--scope", "all",
				"--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), endStateTenant),
				"--changes", writeTest(t, filepath.Join(dir, "changes.jsonl"), endStateChanges),
			}
			if len(c.flags) == 0 || c.flags[0] != "--for" {
				args = append(args, "--cycles", "6")
			}
			r := invocation{env: withToken()}.run(t, append(args, c.flags...)...)
			r.want(t, c.code)
			text := strings.Join(strings.Fields(r.stdout), " ")
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("stdout lacks %q:\n%s", want, r.stdout)
				}
			}
			endStateFile(t, filepath.Join(dir, "out"), c.code == reports.ExitFailed)
		})
	}
}

// TestWhyNotProvisioned says of each user of the directory why it has no account (field D10).
func TestWhyNotProvisioned(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const schema = `{"attributeMappings":[{"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","expression":"[userPrincipalName]"}},
		{"targetAttributeName":"active","source":{"type":"Function","expression":"Not([IsSoftDeleted])"}}],
		"scope":{"groups":[{"name":"f","clauses":[{"sourceOperandName":"department","operatorName":"EQUALS","targetOperand":{"values":["Sales"]}}]}]}}`
	var lines strings.Builder
	for id, more := range map[string]string{
		"ada": `"department":"Sales"`, "bob": `"department":"IT"`, "eve": `"userType":"Guest"`, "max": `"department":"Sales","accountEnabled":false`,
		"twin": `"department":"Sales"`,
	} {
		lines.WriteString(`{"@odata.type":"#microsoft.graph.user","id":"` + id + `","userPrincipalName":"` + id + `@a.test",` + more + "}\n")
	}
	base := spoiled(t, "", func(w http.ResponseWriter, r *http.Request, body []byte) bool {
		return r.Method == http.MethodPost && strings.Contains(string(body), "twin") && answered(w, http.StatusConflict)
	})
	r := invocation{env: withToken()}.run(t, "simulate", "--target", base, "--seed", "7", "--scope", "all", "--cycles", "1", "--out", filepath.Join(dir, "out"),
		"--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), lines.String()), "--schema", writeTest(t, filepath.Join(dir, "schema.json"), schema))
	text := strings.Join(strings.Fields(r.stdout), " ")
	for _, want := range []string{
		"5 users in the directory, 1 with an active account", "1 disabled", "1 excluded by a scoping filter", "1 excluded as guests by a scoping filter",
		"1 rejected as a duplicate (409) and waiting for a retry",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("stdout lacks %q:\n%s", want, r.stdout)
		}
	}
}

// endStateFile asks that end-state.jsonl holds lines of JSON where there are differences.
func endStateFile(t *testing.T, out string, some bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "end-state.jsonl"))
	if some != (err == nil && len(data) > 0) {
		t.Errorf("end-state.jsonl: %v, %d bytes", err, len(data))
	}
	for line := range strings.Lines(string(data)) {
		if !json.Valid([]byte(line)) {
			t.Errorf("end-state.jsonl: %s", line)
		}
	}
}

// TestTargetGone ends with 3 where the target went away or never was there (field D5, D6), and
// names people and no ids (D8).
func TestTargetGone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var n atomic.Int64
	dies := spoiled(t, "", func(w http.ResponseWriter, _ *http.Request, _ []byte) bool {
		if n.Add(1) <= 6 {
			return false
		}
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.Close()
		}
		return true
	})
	tenant := writeTest(t, filepath.Join(dir, "tenant.jsonl"), endStateTenant)
	r := invocation{env: withToken()}.run(t, "simulate", "--target", dies, "--tenant", tenant, "--scope", "all", "--seed", "7",
		"--out", filepath.Join(dir, "dies"))
	r.want(t, reports.ExitBroken)
	text := strings.Join(strings.Fields(r.stdout), " ")
	if !strings.Contains(text, "The target went away after request 6, at Mon 08:00") || !strings.Contains(text, "not written: Eve Stone, Sales") {
		t.Errorf("stdout:\n%s", r.stdout)
	}
	r = invocation{env: withToken()}.run(t, "simulate", "--target", "http://127.0.0.1:1", "--tenant", tenant, "--seed", "7", "--out", filepath.Join(dir, "closed"))
	r.want(t, reports.ExitBroken)
	if text := strings.Join(strings.Fields(r.stdout), " "); !strings.Contains(text, "did not answer any of") {
		t.Errorf("stdout:\n%s", r.stdout)
	}
}

// TestForeignScenario plays what the source does on a target of somebody else, and judges by its
// end (field D9).
func TestForeignScenario(t *testing.T) {
	t.Parallel()
	r := invocation{env: withToken()}.run(t, "simulate", "--scenario", "group-wiped-by-value-array", "--target", spoiled(t, "MRM-01", nil), "--seed", "7",
		"--out", filepath.Join(t.TempDir(), "out"))
	r.want(t, reports.ExitFailed, "left out, because the target is not embedded", "the defect MRM-01")
	if text := strings.Join(strings.Fields(r.stdout), " "); !strings.Contains(text, "2 memberships are missing in the target, in 1 group: Ada Lovelace") {
		t.Errorf("stdout:\n%s", r.stdout)
	}
}

// TestEndStateOfALaterRun compares in the second run of a state what only the first one wrote: a
// manager who is not there, and a deleted person who is.
func TestEndStateOfALaterRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	url := spoiled(t, "", func(w http.ResponseWriter, r *http.Request, body []byte) bool {
		ignored := r.Method == http.MethodDelete || r.Method == http.MethodPatch && strings.Contains(string(body), "manager")
		return ignored && answered(w, http.StatusNoContent)
	})
	args := []string{
		"simulate", "--target", url, "--seed", "7", "--cycles", "3", "--state", filepath.Join(dir, "state"), "--out", filepath.Join(dir, "out"),
		"--scope", "all", "--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), endStateTenant), "--changes",
		writeTest(t, filepath.Join(dir, "changes.jsonl"), `{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"eve","@removed":{"reason":"changed"}}
{"at":"PT50M","@odata.type":"#microsoft.graph.user","id":"eve","@removed":{"reason":"deleted"}}`+"\n"),
	}
	invocation{env: withToken()}.run(t, append(args, "--verify", "off")...).want(t, 0)
	r := invocation{env: withToken()}.run(t, args...)
	r.want(t, reports.ExitFailed)
	text := strings.Join(strings.Fields(r.stdout), " ")
	for _, want := range []string{
		"1 person was deleted and is still in the target: Eve Stone", "manager is not kept by the target: the directory has one for 1 person",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("stdout lacks %q:\n%s", want, r.stdout)
		}
	}
}
