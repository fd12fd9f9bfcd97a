package conformance_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestQuickIsQuick: a quick run ends within a minute at 25 requests a second.
func TestQuickIsQuick(t *testing.T) {
	const most = 1400
	where, sent := reach(t, tenants(t, target.Options{})), map[string]int{}
	where.Record = func(x *exchange.Exchange) { sent[x.Label]++ }
	section := run(t, where, conformance.Options{Quick: true, Parallel: 4})
	all := 0
	for _, n := range sent {
		all += n
	}
	if all > most || all < most/3 || len(section.Checks) < 100 {
		t.Errorf("%d requests of %d checks, want at most %d requests: %v", all, len(section.Checks), most, sent)
	}
}
