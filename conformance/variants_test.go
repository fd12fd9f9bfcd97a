package conformance_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
)

// variant changes a right answer into another right one; again asks the target something else.
type variant func(r *http.Request, w *httptest.ResponseRecorder, again func(method, path string) *httptest.ResponseRecorder)

// edit changes the body of an answer.
func edit(w *httptest.ResponseRecorder, change func(body map[string]any)) {
	var body map[string]any
	if json.Unmarshal(w.Body.Bytes(), &body) != nil {
		return
	}
	change(body)
	w.Body.Reset()
	_ = json.NewEncoder(w.Body).Encode(body) // a buffer takes everything
}

// variants are answers that RFC 7643 and 7644 leave open.
func variants() map[string]variant {
	return map[string]variant{
		"PATCH of a user is answered with 204": func(r *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			if r.Method == http.MethodPatch && w.Code == http.StatusOK {
				w.Code = http.StatusNoContent
				w.Body.Reset()
			}
		},
		"PATCH of a group is answered with 200 and the group": func(r *http.Request, w *httptest.ResponseRecorder, again func(string, string) *httptest.ResponseRecorder) {
			if r.Method == http.MethodPatch && strings.HasPrefix(r.URL.Path, "/Groups/") && w.Code == http.StatusNoContent {
				group := again(http.MethodGet, r.URL.Path)
				w.Code, w.Body = group.Code, group.Body
			}
		},
		"no members are an empty list": func(r *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			if strings.HasPrefix(r.URL.Path, "/Groups/") && r.Method == http.MethodGet && r.URL.RawQuery == "" && w.Code == http.StatusOK {
				edit(w, func(body map[string]any) {
					if body["members"] == nil {
						body["members"] = []any{}
					}
				})
			}
		},
		"an empty list has no Resources": func(_ *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			edit(w, func(body map[string]any) {
				if body["totalResults"] == float64(0) {
					delete(body, "Resources")
				}
			})
		},
		"addresses are relative": func(_ *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			relative := func(s string) string {
				if _, rest, ok := strings.Cut(s, "/Users/"); ok {
					return "/Users/" + rest
				}
				return s
			}
			if at := w.Header().Get("Location"); at != "" {
				w.Header().Set("Location", relative(at))
			}
			edit(w, func(body map[string]any) {
				if meta, ok := body["meta"].(map[string]any); ok {
					if at, ok := meta["location"].(string); ok {
						meta["location"] = relative(at)
					}
				}
			})
		},
		"members have neither type nor $ref": func(_ *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			edit(w, func(body map[string]any) {
				list, _ := body["members"].([]any)
				for _, m := range list {
					delete(m.(map[string]any), "type")
					delete(m.(map[string]any), "$ref")
				}
			})
		},
		"errors have no detail, and scimType only where it must be": func(_ *http.Request, w *httptest.ResponseRecorder, _ func(string, string) *httptest.ResponseRecorder) {
			if w.Code >= 400 {
				edit(w, func(body map[string]any) {
					delete(body, "detail")
					if word := body["scimType"]; word != "uniqueness" && word != "invalidFilter" && word != "noTarget" {
						delete(body, "scimType")
					}
				})
			}
		},
	}
}

// TestPermittedVariantsPass holds the checks to failing nobody who is right.
func TestPermittedVariantsPass(t *testing.T) {
	for name, change := range variants() {
		t.Run(name, func(t *testing.T) {
			h, where := serve(t)
			var changed atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer := httptest.NewRecorder()
				h.ServeHTTP(answer, r)
				before := answer.Body.String() + answer.Header().Get("Location")
				change(r, answer, func(method, path string) *httptest.ResponseRecorder {
					other := httptest.NewRequest(method, path, nil)
					other.Header, other.Host = r.Header, r.Host
					w := httptest.NewRecorder()
					h.ServeHTTP(w, other)
					return w
				})
				if answer.Body.String()+answer.Header().Get("Location") != before {
					changed.Add(1)
				}
				maps.Copy(w.Header(), answer.Header())
				if answer.Body.Len() > 0 {
					w.Header().Set("Content-Length", strconv.Itoa(answer.Body.Len()))
				}
				w.WriteHeader(answer.Code)
				_, _ = w.Write(answer.Body.Bytes())
			}))
			t.Cleanup(server.Close)
			where.URL = server.URL
			checks := run(t, where, conformance.Options{}).Checks
			if changed.Load() == 0 {
				t.Error("no answer was changed, so nothing was tried")
			}
			for _, check := range checks {
				if check.Outcome != reports.Passed {
					t.Errorf("%s %s: expected %s; actual %s", check.ID, check.Outcome, check.Expected, check.Actual)
				}
			}
		})
	}
}
