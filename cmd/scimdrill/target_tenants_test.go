package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestTargetTenantsAndData serves two tenants from files, stops, and serves them again.
func TestTargetTenantsAndData(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "people.data")
	env := map[string]string{"SCIMDRILL_TOKEN_CONTOSO": "token-of-contoso"}
	args := []string{"--data", data, "--tenant", "contoso", "--tenant", "fabrikam"}
	r, printed := startTarget(t, env, 2, args...)
	name, token, _ := strings.Cut(printed[1], "=")
	if name != "SCIMDRILL_TOKEN_FABRIKAM" || len(token) < 20 {
		t.Fatalf("the second line is %q", printed[1])
	}
	env[name] = token
	if status, text := r.ask(t, token, http.MethodPost, "/Users", `{"userName":"ada"}`); status != http.StatusCreated {
		t.Fatalf("POST gives %d %s", status, text)
	}
	counts := func(r running) string {
		var out []string
		for _, token := range []string{"token-of-contoso", token, "another"} {
			status, text := r.ask(t, token, http.MethodGet, "/Users?count=0", "")
			if status != http.StatusOK {
				out = append(out, http.StatusText(status))
				continue
			}
			_, rest, _ := strings.Cut(text, `"totalResults":`)
			out = append(out, rest[:1])
		}
		return strings.Join(out, " ")
	}
	if got := counts(r); got != "0 1 Unauthorized" {
		t.Errorf("the tenants have %s users", got)
	}
	r.stop().want(t, 0)
	again, _ := startTarget(t, env, 1, args...)
	if got := counts(again); got != "0 1 Unauthorized" {
		t.Errorf("after a restart the tenants have %s users", got)
	}
	again.stop().want(t, 0)
	for want, args := range map[string][]string{
		"--persona":                     {"--tenant", "contoso", "--persona", "goto"},
		"letters and digits":            {"--tenant", "Contoso Ltd"},
		"cannot store its organization": {"--data", data, "--persona", "goto"},
		"stale":                         {"--data", data, "--fault", "stale=1:1h"},
		"its own":                       {"--tenant", "contoso", "--tenant", "twin"},
		"read the target's data":        {"--data", t.TempDir()},
	} {
		env := map[string]string{"SCIMDRILL_TOKEN_CONTOSO": "same", "SCIMDRILL_TOKEN_TWIN": "same"}
		invocation{env: env}.run(t, append([]string{"target"}, args...)...).want(t, 2, want)
	}
}
