package suites_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// suite stands for the *testing.T of a vendor's test.
type suite struct{}

func (suite) Fail() {}

// beginTree lets the example run in one process with other suites, and silently. A vendor's
// suite does not need it.
func beginTree() {
	globals.Reset()
	formatter.ColorableStdOut, formatter.ColorableStdErr = io.Discard, io.Discard
	gomega.RegisterFailHandler(ginkgo.Fail)
}

// Add two checks to a Ginkgo suite, and read the findings. Without ids, all checks are added.
// Rules about all responses come last.
func ExampleRegister() {
	endpoint, err := target.New(target.Options{Seed: 1, Token: "secret", Now: time.Now})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(endpoint)
	defer server.Close()

	beginTree()
	suites.Register(session.New(session.Config{
		BaseURL: server.URL, Header: http.Header{"Authorization": {"Bearer secret"}}, RunID: "example",
	}), "HTP-001", "HTP-002")
	ginkgo.ReportAfterEach(func(r ginkgo.SpecReport) {
		for _, entry := range r.ReportEntries {
			if finding, ok := entry.GetRawValue().(*suites.Finding); ok {
				fmt.Println(finding.ID, r.State)
			}
		}
	})
	fmt.Println(ginkgo.RunSpecs(suite{}, "the vendor's suite"))
	// Output:
	// HTP-002 passed
	// HTP-001 passed
	// true
}
