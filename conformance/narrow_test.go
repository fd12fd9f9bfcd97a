package conformance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestNarrowLists asks that a target which refuses lists without a filter is judged by what it
// returns with one (RFC 7644 section 3.4.2 allows tooMany).
func TestNarrowLists(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusRequestEntityTooLarge} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			served := tenants(t, target.Options{})
			where := reach(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				list := strings.HasSuffix(r.URL.Path, "/Users") || strings.HasSuffix(r.URL.Path, "/Groups")
				if r.Method != http.MethodGet || !list || r.URL.Query().Get("filter") != "" || r.Header.Get("Authorization") != "Bearer secret" {
					served.ServeHTTP(w, r)
					return
				}
				w.Header().Set("Content-Type", "application/scim+json")
				w.WriteHeader(status)
				_, _ = fmt.Fprintf(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","scimType":"tooMany","detail":"pass a filter"}`, status)
			}))
			got := run(t, where, conformance.Options{Checks: []string{"USR-001", "USR-007", "USR-076", "QRY-001", "QRY-009", "QRY-047", "HTP-050", "SUR-002"}})
			outcomes := map[string]reports.Outcome{}
			for _, c := range got.Checks {
				outcomes[c.ID] = c.Outcome
				if c.Outcome == reports.Skipped && !strings.Contains(c.SkipReason, "refuses lists without a filter") {
					t.Errorf("%s is skipped: %s", c.ID, c.SkipReason)
				}
			}
			for id, want := range map[string]reports.Outcome{
				"USR-001": reports.Passed, "USR-007": reports.Passed, "QRY-001": reports.Passed, "HTP-050": reports.Passed, "SUR-002": reports.Passed,
				"QRY-009": reports.Skipped, "QRY-047": reports.Skipped,
			} {
				if outcomes[id] != want {
					t.Errorf("%s %s, want %s", id, outcomes[id], want)
				}
			}
		})
	}
}
