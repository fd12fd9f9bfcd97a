package faultproxy

import (
	"slices"
	"strings"
	"testing"
)

// TestReadOrder reads the forms of a body, and says what is wrong with others.
func TestReadOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		faults     []string
		wrong      string
	}{
		{name: "JSON list", body: `["500=0.02", "outage for 1m"]`, faults: []string{"500=0.02", "outage for 1m"}},
		{name: "JSON object", body: `{"faults": ["slow 2s"], "seed": 18446744073709551615}`, faults: []string{"slow 2s"}},
		{name: "YAML list", body: "- 429=0.5:30s on POST,PATCH /Users for 2h\n- slow 2s # a bad minute\n", faults: []string{
			"429=0.5:30s on POST,PATCH /Users for 2h", "slow 2s",
		}},
		{name: "YAML mapping", body: "seed: 7\nfaults:\n  - outage\n", faults: []string{"outage"}},
		{name: "one fault", body: "500=0.02", faults: []string{"500=0.02"}},
		{name: "no faults", body: "[]", faults: []string{}},
		{name: "empty", body: " \n", wrong: "the body is empty"},
		{name: "null", body: "null", wrong: "the body is empty"},
		{name: "broken", body: `["500=0.02"`, wrong: "neither JSON nor YAML"},
		{name: "number", body: `[500]`, wrong: `entry 1 is not a string`},
		{name: "number as body", body: `500`, wrong: "instead of a list"},
		{name: "object in list", body: `["outage", {"kind": "500"}]`, wrong: "entry 2 is not a string"},
		{name: "unknown member", body: `{"fault": ["500=0.02"]}`, wrong: `"fault"`},
		{name: "no list", body: `{"faults": "500=0.02"}`, wrong: "faults is not a list"},
		{name: "only a seed", body: `{"seed": 7}`, wrong: "the member faults is missing"},
		{name: "negative seed", body: `{"faults": [], "seed": -1}`, wrong: "the seed -1 is not an integer"},
		{name: "duplicate member", body: `{"faults": ["outage"], "faults": []}`, wrong: "neither JSON nor YAML"},
		{name: "two documents", body: "- outage\n---\n- slow 2s\n", wrong: "second document"},
		{name: "S12 depth", body: strings.Repeat("[", 10_000), wrong: "nested more deeply"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o, err := readOrder([]byte(c.body))
			switch {
			case c.wrong == "" && (err != nil || !slices.Equal(o.Faults, c.faults)):
				t.Errorf("%q, error %v", o.Faults, err)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("%q, error %v, want %q", o.Faults, err, c.wrong)
			}
		})
	}
}

// FuzzReadOrder sends any body: it is an order or an error of one line.
func FuzzReadOrder(f *testing.F) {
	f.Add([]byte(`{"faults": ["500=0.02"], "seed": 7}`))
	f.Add([]byte("- &a outage\n- *a\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if o, err := readOrder(body); err != nil && len(o.Faults) > 0 {
			t.Errorf("%q with error %v", o.Faults, err)
		}
	})
}
