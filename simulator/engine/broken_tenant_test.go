package engine_test

import (
	"database/sql"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// The tenant holds no assignments, so everybody is in scope. When that cannot be read, an
// initial cycle must stop before it disables everybody.
func TestUnreadableAssignmentsDisableNobody(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 0, 1)
	b.cfg.Tenant = strings.NewReader(strings.Join([]string{
		`{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada","userPrincipalName":"ada@x.example","mailNickname":"ada","mail":"ada@x.example",` +
			`"givenName":"Ada","surname":"One"}`,
		`{"@odata.type":"#microsoft.graph.user","id":"u2","displayName":"Ben","userPrincipalName":"ben@x.example","mailNickname":"ben","mail":"ben@x.example",` +
			`"givenName":"Ben","surname":"Two"}`,
	}, "\n"))
	b.run()
	if got := strings.Count(strings.Join(b.seen, "\n"), "POST /Users"); got != 2 {
		t.Fatalf("the first cycle created %d users, want 2: %q", got, b.seen)
	}

	db, err := sql.Open("sqlite", filepath.Join(b.cfg.State, "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "DROP TABLE assignment"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	b.seen = nil
	scope := job.Watermark
	b.cfg.Restart = &scope
	_, err = engine.Run(t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now})
	if err == nil || !strings.Contains(err.Error(), "tenant.db") {
		t.Errorf("Run = %v, want an error that names tenant.db", err)
	}
	for _, request := range b.seen {
		if !strings.HasPrefix(request, http.MethodGet) {
			t.Errorf("the run wrote to the target: %s", request)
		}
	}
}
