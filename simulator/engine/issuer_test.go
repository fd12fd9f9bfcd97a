package engine_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// withIssuer puts a target before the job that verifies the tokens of the issuer with the
// keys of another one, and counts the tokens.
func withIssuer(t *testing.T, signs, verifies uint64) (*bench, *engine.Deps, func() int) {
	t.Helper()
	b := newBench(t, "goto", 20, 3)
	make := func(seed uint64) (*issuer.Issuer, error) {
		key, err := issuer.FromSeed(seed)
		if err != nil {
			return nil, err
		}
		return issuer.New(key, "")
	}
	published, err := make(verifies)
	if err != nil {
		t.Fatal(err)
	}
	keys := httptest.NewServer(published.Handler("http://keys.test"))
	t.Cleanup(keys.Close)
	b.target, err = target.New(target.Options{
		Seed: 1, Now: b.clock.Now, JWT: &target.JWT{
			Keys: keys.URL + "/discovery/keys", Issuer: "https://scimdrill.test", Audience: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	tokens := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		tokens[r.Header.Get("Authorization")] = true
		mu.Unlock()
		b.target.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b.cfg.Endpoint = scimclient.Config{TenantURL: server.URL}
	b.cfg.Issuer = func() (*issuer.Issuer, error) { return make(signs) }
	deps := &engine.Deps{HTTP: server.Client(), Clock: b.clock, Now: time.Now, TargetNow: b.clock.Now}
	return b, deps, func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(tokens)
	}
}

func TestBlankSecret(t *testing.T) {
	t.Parallel()
	b, deps, tokens := withIssuer(t, 5, 5)
	b.cfg.Cycles, b.cfg.For = 0, 24*time.Hour
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("W-127 E-20 E-22 a day of tokens that live an hour, none of them used after its end", func(t *testing.T) {
		for _, c := range res.Cycles {
			if c.Failed || c.Counts.Failed > 0 {
				t.Errorf("cycle %d failed", c.Number)
			}
		}
		if users, _, _ := b.target.Counts(); res.Job.Status.Code != "Active" || users != 20 || len(res.Cycles) != 36 || tokens() != 18 {
			t.Errorf("status %s, %d users, %d cycles, %d tokens", res.Job.Status.Code, users, len(res.Cycles), tokens())
		}
	})
}

func TestBlankSecretRefused(t *testing.T) {
	t.Parallel()
	b, deps, _ := withIssuer(t, 5, 6)
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("W-127 E-250 a token that the target does not trust quarantines by nature", func(t *testing.T) {
		q := res.Job.Status.Quarantine
		if res.Job.Status.Code != "Quarantine" || q == nil || q.Error.Code != "SystemForCrossDomainIdentityManagementInvalidCredentials" ||
			!strings.Contains(q.Error.Message, "the issuer has no key of this kid") {
			t.Errorf("status %s, quarantine %+v", res.Job.Status.Code, q)
		}
	})
}
