package conformance_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestReferencesInAnyForm: a $ref that leads to the member is right, whatever its form: under
// another base path of the same service, relative to the group, the base URL or the host.
func TestReferencesInAnyForm(t *testing.T) {
	checks := []string{"USR-001", "MEM-023", "MEM-025"}
	absolute := regexp.MustCompile(`"\$ref":"http://[^/"]*(/[^"]*)"`)
	for _, c := range []struct{ name, path, ref string }{
		{"another base path", "/v2", ""},
		{"relative to the group", "", `"$$ref":"..$1"`},
		{"relative to the host", "", `"$$ref":"$1"`},
		{"relative to another base path", "/v2", `"$$ref":"..$1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := tenants(t, target.Options{})
			where := reach(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, r)
				body := rec.Body.Bytes()
				if c.ref != "" {
					body = absolute.ReplaceAll(body, []byte(c.ref))
				}
				for name, values := range rec.Header() {
					if name != "Content-Length" {
						w.Header()[name] = values
					}
				}
				w.WriteHeader(rec.Code)
				_, _ = w.Write(body)
			}))
			where.URL += c.path
			for _, check := range run(t, where, conformance.Options{Checks: checks}).Checks {
				if check.Outcome != reports.Passed {
					t.Errorf("%s %s: expected %s; actual %s", check.ID, check.Outcome, check.Expected, check.Actual)
				}
			}
		})
	}
}
