package okta_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestImport holds imports, the only reconciliation (O-28 to O-30).
func TestImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 130 {
		w.post("/Users", fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"other%d@contoso.test","active":%v}`, i, i > 0))
	}
	w.heard()
	cfg := w.config(team(), "")
	cfg.For, cfg.Verify = 90*time.Minute, nil
	if _, err := w.run(cfg, "import=1h", "pushGroups=none", "importGroups=true"); err != nil {
		t.Fatal(err)
	}
	list := methods(w.lines())
	t.Run("O-28 pages of 100 while the total is higher", func(t *testing.T) {
		want := []string{"GET /Users?startIndex=1&count=100", "GET /Users?startIndex=101&count=100", "GET /Groups?startIndex=1&count=100"}
		if diff := cmp.Diff(want, list[len(list)-3:]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	log := w.log()
	t.Run("O-29 O-30 inactive users are not scanned, new ones are only proposed", func(t *testing.T) {
		if !strings.Contains(log, "131 scanned, 129 new, 2 unchanged, 0 removed, 0 groups") {
			t.Errorf("the log is %s", log)
		}
	})
}

// TestSafeguard wants an import that lacks too many users to stop (O-29).
func TestSafeguard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answering(func(rw http.ResponseWriter, r *http.Request, _ []byte) bool {
		if r.RequestURI != "/Users?startIndex=1&count=100" {
			return false
		}
		_, _ = rw.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`))
		return true
	})
	cfg := w.config(team(), "")
	cfg.For = 90 * time.Minute
	w.good(cfg, "import=1h")
	t.Run("O-29 the safeguard stops at 20 per cent", func(t *testing.T) {
		if log := w.log(); !strings.Contains(log, "2 removed, 0 groups; the import safeguard stopped the import") {
			t.Errorf("the log is %s", log)
		}
	})
}

// log is the System Log of the last run.
func (w *world) log() string {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, "out", "system-log.jsonl"))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(data)
}
