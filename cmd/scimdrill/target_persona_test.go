package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// TestTargetPersonaFounded verifies the domain of an account as the tutorial does: the record is not there, is
// published, is shown to dig, and Verify makes the account the administrator.
func TestTargetPersonaFounded(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "organization.yaml")
	if err := os.WriteFile(file, []byte("organization: {name: Main, account: ann@main.test}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	token := withToken()["SCIMDRILL_TOKEN"]
	r, printed := startTarget(t, withToken(), 2, "--persona", "goto", "--persona-config", file, "--dns", "127.0.0.1:0")
	names := strings.TrimPrefix(printed[1], "dns ")
	ask := func() (texts []string) {
		c := dns.Client{Timeout: 10 * time.Second}
		a, _, err := c.ExchangeContext(t.Context(), new(dns.Msg).SetQuestion("main.test.", dns.TypeTXT), names)
		if err != nil {
			t.Fatal(err)
		}
		for _, record := range a.Answer {
			texts = append(texts, record.(*dns.TXT).Txt...)
		}
		return texts
	}
	if status, text := r.ask(t, token, http.MethodGet, "/Users", ""); status != http.StatusForbidden || !strings.Contains(text,
		"must verify the domain main.test first") {
		t.Errorf("before, /Users is %d %s", status, text)
	}
	if texts := ask(); len(texts) != 0 {
		t.Errorf("before, the name has %v", texts)
	}
	r.ask(t, token, http.MethodPost, "/persona/domains/main.test/publish", "")
	if texts := ask(); len(texts) != 1 || !strings.HasPrefix(texts[0], "goto-verification-code=") {
		t.Errorf("after, the name has %v", texts)
	}
	if status, text := r.ask(t, token, http.MethodGet, "/Users", ""); status != http.StatusOK {
		t.Errorf("after, /Users is %d %s", status, text)
	}
	if _, text := r.ask(t, token, http.MethodGet, "/persona/state", ""); !strings.Contains(text, `"role": "organization administrator"`) {
		t.Errorf("after, the state is %s", text)
	}
	r.stop().want(t, 0, "names of its domains: dig @127.0.0.1 -p ")
	invocation{}.run(t, "target", "--dns", "127.0.0.1:0").want(t, 2, "--dns is given without --persona", "hint: add --persona goto")
	invocation{}.run(t, "target", "--persona", "goto", "--dns", "0.0.0.0:5353").want(t, 2, "is not an address of loopback", "hint: 127.0.0.1:5353")
}
