package main

import (
	"bytes"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// formerChanges take a manager away, rename somebody, and give the name of a deleted person to another.
const formerChanges = `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"bob","manager@delta":[{"id":"ada","@removed":{"reason":"changed"}}]}
{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"countess@a.test"}
{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"eve","@removed":{"reason":"changed"}}
{"at":"PT50M","@odata.type":"#microsoft.graph.user","id":"eve","@removed":{"reason":"deleted"}}
`

const rehired = `{"at":"PT2H","@odata.type":"#microsoft.graph.user","id":"eve2","userPrincipalName":"e@a.test","displayName":"Eve Stone","accountEnabled":true}
`

// again sends a request to the target behind a handler, past what the handler does.
func again(t *testing.T, r *http.Request, method, path, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, "http://"+r.Host+path, strings.NewReader(body))
	if err != nil {
		t.Error(err)
		return
	}
	req.Header = r.Header.Clone()
	req.Header.Set("Content-Type", "application/scim+json")
	req.Header.Set("X-Again", "1")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	_ = resp.Body.Close()
}

// TestEndStateFormer simulates against targets that keep what was there before: a manager, an account
// under its former name, the values of a person whose name another one got, and a deleted person.
func TestEndStateFormer(t *testing.T) {
	t.Parallel()
	created := func(name string) string {
		return `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"` + name + `","displayName":"` + map[string]string{
			"ada@a.test": "Ada Lovelace", "e@a.test": "Eve Stone",
		}[name] + `"}`
	}
	for name, c := range map[string]struct {
		before func(t *testing.T, w http.ResponseWriter, r *http.Request, body string, n *atomic.Int64) bool
		more   string
		want   string
	}{
		"a right target": {more: rehired},
		"a manager who is gone stays": {
			before: func(_ *testing.T, w http.ResponseWriter, r *http.Request, body string, _ *atomic.Int64) bool {
				return r.Method == http.MethodPatch && strings.Contains(body, "manager[value eq") && answered(w, http.StatusNoContent)
			},
			want: "1 person has a manager in the target, and none in the directory: Bob Byte; see ATT-028, ATT-029; known as MAN-04",
		},
		"a rename makes a second account": {
			before: func(t *testing.T, w http.ResponseWriter, r *http.Request, body string, _ *atomic.Int64) bool {
				if r.Method != http.MethodPatch || !strings.Contains(body, "countess") {
					return false
				}
				again(t, r, r.Method, r.URL.RequestURI(), body)
				again(t, r, http.MethodPost, "/Users", created("ada@a.test"))
				return answered(w, http.StatusNoContent)
			},
			want: "1 person was renamed, and another person still has the former userName: Ada Lovelace; see USR-009, USR-029",
		},
		"a create takes the old record over": {
			before: func(_ *testing.T, _ http.ResponseWriter, r *http.Request, body string, n *atomic.Int64) bool {
				if r.Method == http.MethodPost && strings.Contains(body, "e@a.test") && n.Add(1) == 2 {
					r.Body = io.NopCloser(bytes.NewReader([]byte(strings.Replace(body, `"roles":[]`, `"roles":[],"title":"Chief"`, 1))))
				}
				return false
			},
			more: rehired,
			want: `1 person has another title in the target than the mapping gives: Eve Stone ("Chief", and the mapping gives none)`,
		},
		"a deleted person comes back under another id": {
			before: func(t *testing.T, w http.ResponseWriter, r *http.Request, _ string, _ *atomic.Int64) bool {
				if r.Method != http.MethodDelete {
					return false
				}
				again(t, r, r.Method, r.URL.RequestURI(), "")
				again(t, r, http.MethodPost, "/Users", created("e@a.test"))
				return answered(w, http.StatusNoContent)
			},
			want: "1 person was deleted and is still in the target: Eve Stone (under another id)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var n atomic.Int64
			url := spoiled(t, "", func(w http.ResponseWriter, r *http.Request, body []byte) bool {
				return c.before != nil && r.Header.Get("X-Again") == "" && c.before(t, w, r, string(body), &n)
			})
			tenant := strings.Replace(endStateTenant, `"id":"eve",`, `"id":"eve","jobTitle":"Chief",`, 1)
			code := reports.ExitFailed
			if c.want == "" {
				code = reports.ExitOK
			}
			r := invocation{env: withToken()}.run(t, "simulate", "--target", url+"?aadOptscim062020", "--seed", "7", "--out", filepath.Join(dir, "out"),
				"--scope", "all", "--cycles", "6", "--tenant", writeTest(t, filepath.Join(dir, "tenant.jsonl"), tenant),
				"--changes", writeTest(t, filepath.Join(dir, "changes.jsonl"), formerChanges+c.more))
			r.want(t, code)
			if text := strings.Join(strings.Fields(r.stdout), " "); !strings.Contains(text, c.want) {
				t.Errorf("stdout lacks %q:\n%s", c.want, r.stdout)
			}
		})
	}
}

// TestOnDemandElsewhere provisions a member on demand in a target that adds it to another group.
func TestOnDemandElsewhere(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a right target": "", "another group": "1 membership is in the target and not in the directory, in 1 group: Bob Byte in Law",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			var law atomic.Pointer[string]
			url := spoiled(t, "", func(w http.ResponseWriter, r *http.Request, body []byte) bool {
				if at := law.Load(); want != "" && at != nil && r.Method == http.MethodPatch && r.Header.Get("X-Again") == "" {
					again(t, r, r.Method, *at, string(body))
				}
				return false
			})
			path := stands(t, url, "/Groups", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Law"}`)
			args := []string{"ondemand", "--target", url, "--state", filepath.Join(dir, "state"), "--out", filepath.Join(dir, "out"), "--seed", "7", "--scope", "all"}
			tenant := writeTest(t, filepath.Join(dir, "tenant.jsonl"), endStateTenant)
			invocation{env: withToken()}.run(t, append(args, "--tenant", tenant, "--user", "bob")...).want(t, reports.ExitOK)
			law.Store(&path)
			r := invocation{env: withToken()}.run(t, append(args, "--group", "sales", "--member", "bob")...)
			code := reports.ExitFailed
			if want == "" {
				code = reports.ExitOK
			}
			r.want(t, code)
			if text := strings.Join(strings.Fields(r.stdout+r.stderr), " "); !strings.Contains(text, want) {
				t.Errorf("output lacks %q:\n%s%s", want, r.stdout, r.stderr)
			}
		})
	}
}
