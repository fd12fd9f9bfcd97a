package okta_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// refuse answers requests of a method whose URI begins with a prefix; times is how often, 0 always.
func refuse(method, prefix string, status int, header map[string]string, body string, times int64) func(http.ResponseWriter, *http.Request, []byte) bool {
	var n atomic.Int64
	return func(w http.ResponseWriter, r *http.Request, _ []byte) bool {
		if r.Method != method || !strings.HasPrefix(r.RequestURI, prefix) || times > 0 && n.Add(1) > times {
			return false
		}
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	}
}

// TestTaskTexts holds the texts of tasks (O-24 to O-26).
func TestTaskTexts(t *testing.T) {
	t.Parallel()
	const conflict = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","detail":"SCIM User externalId already exists"}`
	for _, c := range []struct {
		name, method, prefix string
		status               int
		body                 string
		want                 string
	}{
		{"O-26 an empty 201", "POST", "/Users", 201, "", "Automatic provisioning of user ada@contoso.test to app SCIM app failed: Error while creating user" +
			" ada Test: Create new user returned empty user."},
		{"O-26 a conflict", "POST", "/Users", 409, conflict, "Error while creating user ada Test: Conflict. Errors reported by remote server: SCIM User" +
			" externalId already exists"},
		{
			"O-25 a body that is no JSON", "POST", "/Users", 502, "error code: 502",
			"Bad Gateway. Errors reported by remote server: Invalid JSON: Unrecognized token 'error' ... line: 1, column: 6",
		},
		{
			"O-24 groups by PATCH are not implemented", "PATCH", "/Groups", 501, `{"detail":"no PATCH"}`,
			"Unable to update Group Push mapping target App group Team Red: Error while updating user group membership for group Team Red Not Implemented." +
				" Errors reported by remote server: no PATCH",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.answering(refuse(c.method, c.prefix, c.status, nil, c.body, 0))
			tenant := ada()
			if c.prefix == "/Groups" {
				tenant = team()
			}
			cfg := w.config(tenant, "")
			cfg.Verify = nil
			res, err := w.run(cfg, "mode=oin")
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Tasks) != 1 || !strings.HasSuffix(res.Tasks[0].Text, c.want) || !res.Tasks[0].Due.IsZero() {
				t.Errorf("tasks %+v", res.Tasks)
			}
			if n := len(only(methods(w.lines()), c.method+" "+c.prefix)); n != 1 {
				t.Errorf("O-23 %d requests, want no second attempt", n)
			}
		})
	}
}

// TestRateLimit holds the ladder of 429 (O-22).
func TestRateLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		header map[string]string
		times  int64
		want   []time.Duration
	}{
		{"O-22 an integer is the exact wait", map[string]string{"Retry-After": "42"}, 2, []time.Duration{42 * time.Second, 42 * time.Second}},
		{"O-22 a date counts as missing", map[string]string{"Retry-After": "Mon, 05 Jan 2026 09:00:00 GMT"}, 1, []time.Duration{5 * time.Minute}},
		{
			"O-22 the wait doubles, and ten attempts are the end", nil, 0,
			[]time.Duration{
				5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 40 * time.Minute, 80 * time.Minute, 160 * time.Minute, 320 * time.Minute,
				640 * time.Minute, 1280 * time.Minute,
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			var times []time.Time
			limit := refuse("POST", "/Users", 429, c.header, "", c.times)
			w.answering(func(rw http.ResponseWriter, r *http.Request, body []byte) bool {
				if r.Method == http.MethodPost {
					times = append(times, w.clock.Now())
				}
				return limit(rw, r, body)
			})
			cfg := w.config(ada(), "")
			cfg.Verify = nil
			res, err := w.run(cfg)
			if err != nil {
				t.Fatal(err)
			}
			var waits []time.Duration
			for i := 1; i < len(times); i++ {
				waits = append(waits, times[i].Sub(times[i-1]))
			}
			if diff := cmp.Diff(c.want, waits); diff != "" {
				t.Errorf("waits (-want +got):\n%s", diff)
			}
			if permanent := c.times == 0; permanent != (len(res.Tasks) == 1) {
				t.Errorf("tasks %+v", res.Tasks)
			}
		})
	}
}

// TestRetry lets the administrator retry a task (O-21).
func TestRetry(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answering(refuse("POST", "/Users", 500, nil, `{"detail":"not now"}`, 2))
	w.good(w.config(ada(), ""), "retryTasks=1h")
	t.Run("O-21 a task that was retried is gone", func(t *testing.T) {
		if n := len(only(w.lines(), "POST /Users")); n != 3 {
			t.Errorf("%d creates, want 3", n)
		}
	})
}

// TestConnection wants nothing to be sent after a failed connection test (O-3).
func TestConnection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cfg := w.config(ada(), "")
	cfg.Endpoint.Authorization = "Bearer wrong"
	_, err := w.run(cfg, "importGroups=true")
	t.Run("O-3 a 401 fails the connection test", func(t *testing.T) {
		if err == nil || !strings.Contains(err.Error(), "the connection test failed") || len(w.heard()) != 1 {
			t.Errorf("error %v", err)
		}
	})
	cfg = w.config(ada(), "")
	w.good(cfg, "importGroups=true")
	t.Run("O-2 with Import Groups, groups are read too", func(t *testing.T) {
		if got := w.lines()[1]; got != "GET /Groups?startIndex=1&count=100" {
			t.Errorf("the second request is %s", got)
		}
	})
}

// TestSuspended wants a suspended person to send nothing (O-57).
func TestSuspended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	blocked := at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","accountEnabled":false}`+"\n")
	w.good(w.config(ada(), blocked), "blocked=suspended")
	t.Run("O-57 suspend sends nothing", func(t *testing.T) {
		if list := only(methods(w.lines()), "PUT"); len(list) > 0 || w.target.Snapshot("/Users")[0]["active"] != true {
			t.Errorf("requests %v", list)
		}
	})
}

// TestKilled stops a run at each request in turn; what follows creates nothing twice.
func TestKilled(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"aiw", "oin"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			for stop := int64(1); stop <= 14; stop++ {
				w := newWorld(t)
				ctx, cancel := context.WithCancel(t.Context())
				var n atomic.Int64
				w.answering(func(_ http.ResponseWriter, _ *http.Request, _ []byte) bool {
					if n.Add(1) == stop {
						cancel()
					}
					return false
				})
				_, err := w.runWith(ctx, w.config(team(), days()), "mode="+mode)
				cancel()
				if err == nil && n.Load() >= stop {
					t.Logf("run %d ended before the stop", stop)
				}
				w.answering(nil)
				w.good(w.config("", days()), "mode="+mode)
				if users := w.target.Snapshot("/Users"); len(users) != 2 {
					t.Fatalf("after a stop at request %d, the target has %d users", stop, len(users))
				}
			}
		})
	}
}
