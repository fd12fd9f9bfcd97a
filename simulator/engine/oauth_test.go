package engine_test

import (
	"bytes"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

const clientSecret = "secret of the OAuth client"

// withOAuth puts a target before the job that wants access tokens which live an hour.
func withOAuth(t *testing.T, secret string) (*bench, *engine.Deps) {
	t.Helper()
	b := newBench(t, "goto", 20, 3)
	var err error
	b.target, err = target.New(target.Options{
		Seed: 1, Now: b.clock.Now, OAuth: &target.OAuth{ClientID: "entra", ClientSecret: clientSecret, Life: time.Hour},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b.target)
	t.Cleanup(server.Close)
	b.cfg.Endpoint = scimclient.Config{TenantURL: server.URL}
	b.cfg.OAuth = &scimclient.OAuthConfig{TokenURL: server.URL + "/oauth/token", ClientID: "entra", ClientSecret: secret}
	b.cfg.Secrets, b.cfg.Transcript = []string{secret}, "all"
	return b, &engine.Deps{HTTP: server.Client(), Clock: b.clock, Now: time.Now, TargetNow: b.clock.Now}
}

func TestOAuthForThreeDays(t *testing.T) {
	t.Parallel()
	b, deps := withOAuth(t, clientSecret)
	b.cfg.Cycles, b.cfg.For = 0, 72*time.Hour
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("E-22 W-128 every second cycle of 40 minutes needs a new token of one hour", func(t *testing.T) {
		if len(res.Cycles) != 108 || b.target.Issued() != 54 {
			t.Errorf("%d cycles, %d tokens", len(res.Cycles), b.target.Issued())
		}
	})
	t.Run("E-22 no token was used after its end", func(t *testing.T) {
		for _, c := range res.Cycles {
			if c.Failed || c.Counts.Failed > 0 {
				t.Errorf("cycle %d failed", c.Number)
			}
		}
		if res.Job.Status.Code != "Active" || len(res.Notes) > 0 {
			t.Errorf("status %s, notes %q", res.Job.Status.Code, res.Notes)
		}
	})
	t.Run("neither secret nor token is in any file", func(t *testing.T) {
		found := 0
		err := filepath.WalkDir(b.cfg.Out, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			found += bytes.Count(text, []byte("oauth/token"))
			for _, bad := range []string{clientSecret, "ZW50cmE6", "Bearer ey", "access_token\\\":\\\"A"} {
				if bytes.Contains(text, []byte(bad)) {
					t.Errorf("%s holds %q", path, bad)
				}
			}
			return err
		})
		if err != nil || found < 54 {
			t.Errorf("%d exchanges with the token endpoint in the files, error %v", found, err)
		}
	})
}

func TestWrongClientSecret(t *testing.T) {
	t.Parallel()
	b, deps := withOAuth(t, "not the secret")
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("E-250 W-128 no access token quarantines by nature", func(t *testing.T) {
		q := res.Job.Status.Quarantine
		if res.Job.Status.Code != "Quarantine" || q == nil || q.Error.Code != "SystemForCrossDomainIdentityManagementInvalidCredentials" ||
			!strings.Contains(q.Error.Message, "the token endpoint responded with 401 invalid_client") {
			t.Errorf("status %s, quarantine %+v", res.Job.Status.Code, q)
		}
		if users, _, _ := b.target.Counts(); users != 0 {
			t.Errorf("%d users were written", users)
		}
	})
}

// withConsent puts a target before the job that takes a refresh token and gives another one
// with each answer.
func withConsent(t *testing.T) (*bench, *engine.Deps, *atomic.Pointer[string]) {
	t.Helper()
	b := newBench(t, "goto", 20, 3)
	var err error
	b.target, err = target.New(target.Options{
		Seed: 1, Now: b.clock.Now, OAuth: &target.OAuth{ClientID: "entra", ClientSecret: clientSecret, RefreshToken: "refresh token of the consent", Rotate: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b.target)
	t.Cleanup(server.Close)
	kept := &atomic.Pointer[string]{}
	b.cfg.Endpoint = scimclient.Config{TenantURL: server.URL}
	b.cfg.OAuth = &scimclient.OAuthConfig{
		TokenURL: server.URL + "/oauth/token", ClientID: "entra", ClientSecret: clientSecret, RefreshToken: "refresh token of the consent",
		Keep: func(refresh string) error {
			kept.Store(&refresh)
			return nil
		},
	}
	b.cfg.Secrets, b.cfg.Transcript = []string{clientSecret, "refresh token of the consent"}, "all"
	return b, &engine.Deps{HTTP: server.Client(), Clock: b.clock, Now: time.Now, TargetNow: b.clock.Now}, kept
}

func TestRefreshForThreeDays(t *testing.T) {
	t.Parallel()
	b, deps, kept := withConsent(t)
	b.cfg.Cycles, b.cfg.For = 0, 72*time.Hour
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("W-129 E-22 each hour a refresh token is used once, and its successor kept", func(t *testing.T) {
		for _, c := range res.Cycles {
			if c.Failed || c.Counts.Failed > 0 {
				t.Errorf("cycle %d failed", c.Number)
			}
		}
		if len(res.Cycles) != 108 || b.target.Issued() != 54 || res.Job.Status.Code != "Active" {
			t.Errorf("%d cycles, %d tokens, status %s", len(res.Cycles), b.target.Issued(), res.Job.Status.Code)
		}
	})
	t.Run("the successors are in no file", func(t *testing.T) {
		har, err := os.ReadFile(filepath.Join(b.cfg.Out, "exchanges.har"))
		if last := kept.Load(); err != nil || last == nil || bytes.Contains(har, []byte(*last)) || bytes.Contains(har, []byte("refresh token of the consent")) {
			t.Errorf("error %v", err)
		}
	})
}

func TestConsentTakenBack(t *testing.T) {
	t.Parallel()
	b, deps, _ := withConsent(t)
	b.cfg.Cycles, b.cfg.For = 0, 24*time.Hour
	deps.Ended = func(c cycle.Result) {
		if c.Number == 4 {
			b.target.RevokeConsent()
		}
	}
	res, err := engine.Run(t.Context(), b.cfg, *deps)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("W-129 E-250 a refresh token that is refused quarantines by nature", func(t *testing.T) {
		q := res.Job.Status.Quarantine
		if res.Job.Status.Code != "Quarantine" || q == nil || q.Error.Code != "SystemForCrossDomainIdentityManagementInvalidCredentials" ||
			!strings.Contains(q.Error.Message, "the token endpoint responded with 400 invalid_grant") {
			t.Errorf("status %s, quarantine %+v", res.Job.Status.Code, q)
		}
		if began := q.SeriesBegan.Sub(engine.Start()); began < 160*time.Minute || began > 4*time.Hour {
			t.Errorf("in quarantine after %s", began)
		}
	})
}
