package simulator_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// Run an initial cycle and an incremental one, on a virtual clock, with one user who is renamed
// in between.
func ExampleRun() {
	time := clock.NewVirtual(simulator.Start())
	endpoint, err := target.New(target.Options{Seed: 1, Token: "secret", Now: time.Now})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(endpoint)
	defer server.Close()
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)

	result, err := simulator.Run(context.Background(), simulator.Config{
		TenantURL: server.URL, Token: "secret",
		Tenant:  strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada","userPrincipalName":"ada@x.example","mailNickname":"ada"}`),
		Changes: strings.NewReader(`{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada Byron"}`),
		Cycles:  2, Out: folder, Clock: time,
	})
	if err != nil {
		panic(err)
	}
	for _, c := range result.Cycles {
		fmt.Println(c.Kind, "at", c.Began.Format("15:04"), "created", c.Counts.Created, "updated", c.Counts.Updated)
	}
	fmt.Println(endpoint.Snapshot("/Users")[0]["displayName"], result.Status)
	// Output:
	// initial at 08:00 created 1 updated 0
	// incremental at 08:40 created 0 updated 1
	// Ada Byron Active
}
