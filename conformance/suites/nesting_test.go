package suites

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestSoon tells a request that never ends from one that is answered: the first is what
// MEM-037 looks for, and no reason to judge nothing.
func TestSoon(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Groups/ring" {
			<-r.Context().Done()
			return
		}
		_, _ = w.Write([]byte(`{}`))
	}))
	t.Cleanup(server.Close)
	s := session.New(session.Config{BaseURL: server.URL, Sender: exchange.NewSender(server.Client(), exchange.Limits{}, time.Now)})
	p := &probe{Case: s.Begin("MEM-037"), finding: &Finding{}}
	if a, ok := p.soon(t.Context(), 10*time.Second, http.MethodGet, "/Groups/plain", nil); !ok || a.Status != http.StatusOK {
		t.Errorf("an answer is not taken: %v, status %d", ok, a.Status)
	}
	if _, ok := p.soon(t.Context(), 50*time.Millisecond, http.MethodGet, "/Groups/ring", nil); ok || p.finding.Ending != "" {
		t.Errorf("a request that never ends: ok is %v, ending %q", ok, p.finding.Ending)
	}
}
