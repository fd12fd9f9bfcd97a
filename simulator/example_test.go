package simulator_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Run an initial cycle and an incremental one, on a virtual clock, with one user.
func ExampleRun() {
	time := clock.NewVirtual(simulator.Start())
	endpoint, err := target.New(target.Options{Seed: 1, Token: "secret", Now: time.Now})
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(endpoint)
	defer server.Close()
	profile, err := fixtures.LoadProfile("customappsso")
	if err != nil {
		panic(err)
	}
	schema, err := profile.ParseSchema()
	if err != nil {
		panic(err)
	}
	folder, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)

	result, err := simulator.Run(context.Background(), simulator.Config{
		Endpoint: scimclient.Config{TenantURL: server.URL, Authorization: "Bearer secret"},
		App: simulator.App{
			Name: profile.Name, Title: profile.Title, TemplateID: profile.TemplateID, Interval: profile.Interval,
			Dialect: profile.Dialect, SupportsSoftDelete: profile.SupportsSoftDelete, Schema: schema,
		},
		Tenant: strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"u1","displayName":"Ada","userPrincipalName":"ada@x.example","mailNickname":"ada"}`),
		Cycles: 2, Parallel: 1, RunID: "example", Secrets: []string{"secret"}, Transcript: "off",
		State: folder, Out: filepath.Join(folder, "out"),
	}, simulator.Deps{Clock: time})
	if err != nil {
		panic(err)
	}
	for _, c := range result.Cycles {
		fmt.Println(c.Kind, "at", c.Began.Format("15:04"))
	}
	fmt.Println(endpoint.Snapshot("/Users")[0]["userName"])
	// Output:
	// initial at 08:00
	// incremental at 08:40
	// ada@x.example
}
