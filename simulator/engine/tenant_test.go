package engine_test

import (
	"fmt"
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
	const movers = `{"at":"1m","@odata.type":"#microsoft.graph.user","id":"ada","displayName":"Ada King","department":"Sales"}
{"at":"2m","@odata.type":"#microsoft.graph.user","id":"eve","@removed":{"reason":"changed"}}`
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
		{"S1 generated, the same stream", ada + eve, false, 0, "", joiner},
		{"S1 generated, a stream that renamed and removed", ada + eve, false, 0, "", movers},
		{"A-58 whole, a stream that renamed and removed", ada + eve, true, 0, "", movers},
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
			b.cfg.Generated = strings.HasPrefix(tc.name, "S1")
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

// TestOtherStream (S1): a stream that is not that of the earlier runs is applied from its first change; the same
// one, and the same one with more lines, goes on where it was.
func TestOtherStream(t *testing.T) {
	t.Parallel()
	const line = `{"at":"1m","@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"%s"}` + "\n"
	first := fmt.Sprintf(line, "One") + fmt.Sprintf(line, "Two")
	for _, tc := range []struct {
		name, stream, want string
		says               bool
	}{
		{"the same", first, "", false},
		{"none", "", "", false},
		{"longer", first + fmt.Sprintf(line, "Three"), "Three", false},
		{"other, as long", fmt.Sprintf(line, "Four") + fmt.Sprintf(line, "Five"), "Five", true},
		{"other, shorter", fmt.Sprintf(line, "Six"), "Six", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 1, 1)
			const ada = `{"@odata.type":"#microsoft.graph.user","id":"ada","displayName":"Ada","userPrincipalName":"ada@x.example"}` + "\n"
			b.cfg.Tenant, b.cfg.ScopeAll, b.cfg.Cycles, b.cfg.Changes = strings.NewReader(ada), true, 2, streamOf(t, first)
			b.run()
			b.seen, b.cfg.Tenant, b.cfg.Changes, b.cfg.Cycles = nil, nil, streamOf(t, tc.stream), 1
			res := b.run()
			if got := strings.Join(res.Notes, ""); strings.Contains(got, "is not that of the earlier runs") != tc.says {
				t.Errorf("notes %q", got)
			}
			if got := res.Cycles[0].Counts.Updated; (got == 1) != (tc.want != "") {
				t.Errorf("%d updated, want a change to %q", got, tc.want)
			}
			if all := fmt.Sprint(b.target.Snapshot("/Users")); tc.want != "" && !strings.Contains(all, tc.want) {
				t.Errorf("the target lacks %q: %s", tc.want, all)
			}
		})
	}
}

// streamOf reads a change stream.
func streamOf(t *testing.T, text string) []directory.Change {
	t.Helper()
	changes, err := directory.ReadChanges(strings.NewReader(text), "c")
	if err != nil {
		t.Fatal(err)
	}
	return changes
}
