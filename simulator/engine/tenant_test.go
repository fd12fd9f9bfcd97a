package engine_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// TestWholeTenant: a file that lacks a user disables the account, and a merge does nothing. A run
// that is repeated with its stream keeps what the stream made.
func TestWholeTenant(t *testing.T) {
	t.Parallel()
	const ada = `{"@odata.type":"#microsoft.graph.user","id":"ada","displayName":"Ada","userPrincipalName":"ada@x.example"}` + "\n"
	const eve = `{"@odata.type":"#microsoft.graph.user","id":"eve","displayName":"Eve","userPrincipalName":"eve@x.example"}` + "\n"
	const joiner = `{"at":"1m","@odata.type":"#microsoft.graph.user","id":"bob","displayName":"Bob","userPrincipalName":"bob@x.example"}`
	for _, tc := range []struct {
		name, file   string
		whole        bool
		disabled     int64
		says, stream string
	}{
		{"A-58 whole", ada, true, 1, "lacks 1 users and groups", ""},
		{"A-58 whole, the same file", ada + eve, true, 0, "", ""},
		{"A-58 whole, the same file and stream", ada + eve, true, 0, "", joiner},
		{"A-58 merge", ada, false, 0, "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 1, 1)
			b.cfg.Tenant, b.cfg.ScopeAll, b.cfg.Cycles = strings.NewReader(ada+eve), true, 2
			if tc.stream != "" {
				changes, err := directory.ReadChanges(strings.NewReader(tc.stream), "c")
				if err != nil {
					t.Fatal(err)
				}
				b.cfg.Changes = changes
			}
			b.run()
			b.seen = nil
			b.cfg.Tenant, b.cfg.TenantName, b.cfg.WholeTenant, b.cfg.Cycles = strings.NewReader(tc.file), "t.jsonl", tc.whole, 1
			var notes []string
			note := func(text string) { notes = append(notes, text) }
			res, err := engine.Run(t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now, Note: note})
			if err != nil {
				t.Fatal(err)
			}
			if c := res.Cycles[0].Counts; c.Disabled != tc.disabled || c.Exports() != tc.disabled {
				t.Errorf("%+v, want %d disabled", c, tc.disabled)
			}
			if tc.says == "" && len(notes) > 0 || tc.says != "" && !strings.Contains(strings.Join(notes, ""), tc.says) {
				t.Errorf("notes %q, want %q", notes, tc.says)
			}
			if removed := slices.ContainsFunc(b.seen, func(s string) bool { return strings.HasPrefix(s, http.MethodDelete) }); removed {
				t.Errorf("a user in the recycle bin is deleted: %q", b.seen)
			}
		})
	}
}
