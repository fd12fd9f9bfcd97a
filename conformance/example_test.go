package conformance_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// Grade an endpoint by three checks. Without Options.Checks, all checks run.
func ExampleRun() {
	endpoint, err := target.New(target.Options{Seed: 1, Token: "secret", Now: time.Now})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(endpoint)
	defer server.Close()

	result, err := conformance.Run(context.Background(), conformance.Target{
		URL:    server.URL,
		Header: http.Header{"Authorization": {"Bearer secret"}},
	}, conformance.Options{Checks: []string{"HTP-001", "HTP-002", "HTP-003"}, RunID: "example"})
	if err != nil {
		panic(err)
	}
	for _, check := range result.Checks {
		fmt.Println(check.ID, check.Level, check.Outcome)
	}
	// Output:
	// HTP-001 MUST passed
	// HTP-002 MUST passed
	// HTP-003 MUST passed
}
