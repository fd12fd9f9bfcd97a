package conformance_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

// door lets people in whom a target has as active. It looks at an account again only after life, so
// that a session survives its owner for so long. Its clock is virtual.
type door struct {
	t      *testing.T
	where  conformance.Target
	life   time.Duration
	now    time.Time
	opened map[string]time.Time
}

func (d *door) ask(ctx context.Context, id, _ string) (bool, string, error) {
	if at, ok := d.opened[id]; ok && d.now.Sub(at) < d.life {
		return true, "a session", nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.where.URL+"/Users/"+id, nil)
	if err != nil {
		d.t.Error(err)
	}
	request.Header = d.where.Header.Clone()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, "", err
	}
	defer func() { _ = response.Body.Close() }()
	var user struct {
		Active bool `json:"active"`
	}
	if response.StatusCode != http.StatusOK || json.NewDecoder(response.Body).Decode(&user) != nil || !user.Active {
		return false, "no account", nil
	}
	d.opened[id] = d.now
	return true, "a new session", nil
}

// TestLeavers: what a leaver can still do is found, with the time, and a probe that proves nothing
// gives no verdict.
func TestLeavers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		life, within time.Duration
		shut         bool
		want         reports.Outcome
		says         string
	}{
		"ends at once":       {0, time.Minute, false, reports.Passed, "access lived on for 0s"},
		"lives on for 10 s":  {10 * time.Second, time.Minute, false, reports.Passed, "access lived on for 10s after"},
		"lives on too long":  {10 * time.Second, 6 * time.Second, false, reports.Failed, "access lived on for 10s after"},
		"never ends":         {time.Hour, 6 * time.Second, false, reports.Failed, "access still works 12."},
		"nobody ever got in": {0, 6 * time.Second, true, reports.Errored, "proves nothing"},
	} {
		_, where := serve(t)
		d := &door{t: t, where: where, life: c.life, now: time.Unix(0, 0), opened: map[string]time.Time{}}
		where.Wait = func(_ context.Context, by time.Duration) error {
			d.now = d.now.Add(by)
			return nil
		}
		ask := d.ask
		if c.shut {
			ask = func(context.Context, string, string) (bool, string, error) { return false, "status 401", nil }
		}
		section := run(t, where, conformance.Options{
			Checks: []string{"LVR-001", "LVR-002"}, Access: &suites.Access{Ask: ask, Within: c.within, Now: func() time.Time { return d.now }},
		})
		for _, check := range section.Checks {
			if check.Outcome != c.want || !strings.Contains(check.Actual, c.says) {
				t.Errorf("%s: %s %s: %s", name, check.ID, check.Outcome, check.Actual)
			}
		}
		if len(section.Checks) != 2 {
			t.Errorf("%s: %d checks", name, len(section.Checks))
		}
	}
}
