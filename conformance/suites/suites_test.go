package suites_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestVendorSuite is a vendor's own Ginkgo suite: specs of its own before and after,
// ours registered between them, and the vendor runs it all.
func TestVendorSuite(t *testing.T) {
	endpoint, err := target.NewTenants(target.Options{Seed: 1, Now: time.Now}, map[string]string{"contoso": "secret", "fabrikam": "another"})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(endpoint)
	t.Cleanup(server.Close)

	var ran []string
	Describe("the vendor's own, before", func() {
		It("runs", func() { ran = append(ran, "before") })
	})
	suites.Register(session.New(session.Config{
		BaseURL: server.URL, Header: http.Header{"Authorization": {"Bearer secret"}}, RunID: "vendor",
		OtherTenant: http.Header{"Authorization": {"Bearer another"}},
		Sender:      exchange.NewSender(server.Client(), exchange.Limits{}, time.Now),
	}))
	Describe("the vendor's own, after", func() {
		It("runs", func() { ran = append(ran, "after") })
	})
	checks := 0
	ReportAfterEach(func(r SpecReport) {
		for _, e := range r.ReportEntries {
			if f, ok := e.GetRawValue().(*suites.Finding); ok && f.Assertions > 0 {
				checks++
			}
		}
	})
	RegisterFailHandler(Fail)
	if !RunSpecs(t, "a vendor's suite") {
		t.Error("the suite failed on the reference target")
	}
	if len(ran) != 2 || checks != len(suites.Checks()) {
		t.Errorf("own specs %v, %d of our checks; want both and %d", ran, checks, len(suites.Checks()))
	}
}
