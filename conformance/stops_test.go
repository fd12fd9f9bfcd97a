package conformance_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestNotGradable: a target that cannot be judged gets one sentence, which says what to do.
func TestNotGradable(t *testing.T) {
	moved := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if rest, ok := strings.CutPrefix(r.URL.Path, "/scim/v2"); ok {
				r.URL.Path = rest
				h.ServeHTTP(w, r)
				return
			}
			http.NotFound(w, r)
		})
	}
	plain := func(status int, media, body string) func(http.Handler) http.Handler {
		return func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", media)
				w.Header().Set("Location", "/login")
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			})
		}
	}
	dead := false
	for _, c := range []struct {
		name, path string
		wrap       func(http.Handler) http.Handler
		want       []string // parts of the title and the fix
	}{
		{"another base path", "", moved, []string{"/Users?", "status 404", "is not the base path", "SCIM responds at http://", "/scim/v2 as --target"}},
		{"the collection as base", "/scim/v2/Users", moved, []string{"use http://", "/scim/v2 as --target"}},
		{"a tenant flag in the path", "/scim/v2/aadOptscim062020", moved, []string{"/scim/v2 as --target"}},
		{"a web page", "", plain(200, "text/html", "<!DOCTYPE html><title>Shop</title>"), []string{"HTML page instead of JSON", "tenant URL"}},
		{"a gateway's page", "", plain(403, "text/html", "<html><title>Forbidden</title>"), []string{"(Forbidden)", "a gateway", "User-Agent"}},
		{"a redirect", "", plain(302, "text/plain", ""), []string{"redirects to \"/login\"", "redirect target"}},
		{"no credentials", "", plain(401, "application/json", "{}"), []string{"status 401", "--token-file"}},
		{"errors only", "", plain(500, "application/json", `{"detail":"database is locked"}`), []string{"status 500: database is locked", "log of the service"}},
		{"a list that is an array", "", plain(200, "application/json", `[]`), []string{"not a JSON object: []", "ListResponse"}},
		{"death on the first create", "", func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if dead = dead || r.Method == http.MethodPost; dead {
					panic(http.ErrAbortHandler)
				}
				h.ServeHTTP(w, r)
			})
		}, []string{"went away while POST /Users was under way", "log of the service"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			where := reach(t, c.wrap(tenants(t, target.Options{})))
			where.URL += c.path
			section, err := conformance.Run(t.Context(), where, conformance.Options{RunID: "rtest"})
			if err != nil || len(section.Causes) != 1 || section.Stopped == "" {
				t.Fatalf("%d causes, stopped %q, %v", len(section.Causes), section.Stopped, err)
			}
			said := section.Stopped + " | " + section.Causes[0].Fix
			for _, part := range c.want {
				if !strings.Contains(said, part) {
					t.Errorf("%q lacks %q", said, part)
				}
			}
			if code := reports.ExitCode(&reports.Report{Conformance: section}); code != reports.ExitBroken {
				t.Errorf("exit %d", code)
			}
		})
	}
}

// TestOneFaultOneCause: a fault that many checks meet is one cause, and the first line names it.
func TestOneFaultOneCause(t *testing.T) {
	answer := func(change func(r *http.Request, status int, body string) (int, string)) func(http.Handler) http.Handler {
		return func(h http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, r)
				status, body := change(r, rec.Code, rec.Body.String())
				for name, values := range rec.Header() {
					if name != "Content-Length" {
						w.Header()[name] = values
					}
				}
				w.WriteHeader(status)
				_, _ = w.Write([]byte(body))
			})
		}
	}
	for _, c := range []struct {
		name   string
		checks []string
		change func(r *http.Request, status int, body string) (int, string)
		want   string
	}{
		{"a DELETE with 200", []string{"USR-007", "USR-073", "MEM-026"}, func(r *http.Request, status int, body string) (int, string) {
			if r.Method == http.MethodDelete && status == 204 {
				return 200, "{}"
			}
			return status, body
		}, "DELETE returns status 200 instead of 204"},
		{"a conflict without a SCIM error", []string{"USR-002", "MEM-012", "HTP-001"}, func(_ *http.Request, status int, body string) (int, string) {
			if status == 409 {
				return status, `{"message":"exists"}`
			}
			return status, body
		}, "the body of an error is not a SCIM error"},
		{"an empty list that is missing", []string{"QRY-003", "USR-001", "MEM-001", "SUR-002"}, func(_ *http.Request, status int, body string) (int, string) {
			if strings.Contains(body, `"totalResults":0`) {
				return 404, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}`
			}
			return status, body
		}, "a search without matches is answered with an error: GET /Users returns status 404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			section := run(t, reach(t, answer(c.change)(tenants(t, target.Options{}))), conformance.Options{Checks: c.checks})
			if len(section.Causes) != 1 || section.Causes[0].Title != c.want {
				t.Errorf("causes %+v", section.Causes)
			}
		})
	}
}
