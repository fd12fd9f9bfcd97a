package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// smallTenant is a generated tenant and a change stream: one user is renamed, one is blocked.
func smallTenant(t *testing.T, dir string) (tenant, changes string) {
	t.Helper()
	var text bytes.Buffer
	if err := generate.Tenant(&text, generate.TenantOptions{Users: 12, Groups: 2, Seed: 7, RunID: "r7"}); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for line := range strings.SplitSeq(strings.TrimSpace(text.String()), "\n") {
		var r struct {
			Type string `json:"@odata.type"`
			ID   string `json:"id"`
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		if r.Type == "#microsoft.graph.user" {
			ids = append(ids, r.ID)
		}
	}
	stream := fmt.Sprintf(`{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"%[1]s","userPrincipalName":"new@r7.example","mail":"new@r7.example","surname":"New","displayName":"Ada New"}
{"at":"PT90M","@odata.type":"#microsoft.graph.user","id":"%[2]s","accountEnabled":false}
`, ids[2], ids[3])
	return writeTest(t, filepath.Join(dir, "tenant.jsonl"), text.String()), writeTest(t, filepath.Join(dir, "changes.jsonl"), stream)
}

// TestEveryProfileRuns takes every profile through cycles on the reference target: people
// are created, one is renamed, one is blocked, and nothing is left over.
func TestEveryProfileRuns(t *testing.T) {
	t.Parallel()
	profiles, err := fixtures.Profiles()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	tenant, changes := smallTenant(t, dir)
	for i := range profiles {
		p := &profiles[i]
		t.Run(p.Name, func(t *testing.T) {
			t.Parallel()
			o, args, env := target.Options{Seed: 1, Token: testToken, Now: time.Now}, []string{}, withToken()
			if p.Credential == fixtures.CredentialPassword {
				o.Basic = &target.Basic{User: "admin", Password: "pass word"}
				args, env = []string{"--basic-user", "admin"}, map[string]string{"SCIMDRILL_BASIC_PASSWORD": "pass word"}
			}
			tgt, err := target.New(o)
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(tgt)
			t.Cleanup(server.Close)
			out := filepath.Join(dir, p.Name)
			r := invocation{env: env}.run(t, append([]string{"simulate"}, append(args, "--target", server.URL, "--profile", p.Name,
				"--tenant", tenant, "--changes", changes, "--cycles", "7", "--seed", "7", "--transcript", "all", "--out", out)...)...)
			r.want(t, 0)
			if t.Failed() {
				return
			}
			rep, err := reports.Read(filepath.Join(out, runs.ReportName))
			if err != nil {
				t.Fatal(err)
			}
			job := rep.Simulation.Jobs[0]
			sum := job.Totals()
			if gone := sum.Disabled + sum.Deleted; sum.Created < 12 || sum.Updated < 1 || gone != 1 || (sum.Disabled == 1) != p.SupportsSoftDelete {
				t.Errorf("%+v", sum)
			}
			if last := job.Cycles[6].Counts; last.Writes() != 0 {
				t.Errorf("a quiet cycle writes: %+v", last)
			}
		})
	}
}
