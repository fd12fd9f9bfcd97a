package exchange_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestLimits proves S5: what a target sends beyond a limit is a failure of a class of its own.
func TestLimits(t *testing.T) {
	t.Parallel()
	many := func(n int) string { return `{"a":[` + strings.Repeat("1,", n-2) + `1]}` }
	for _, tt := range []struct {
		name   string
		answer http.HandlerFunc
		limits exchange.Limits
		want   exchange.Failure
	}{
		{"fields at the limit", manyFields(98), exchange.Limits{MaxFields: 100}, ""}, // and Date and Content-Length
		{"fields", manyFields(99), exchange.Limits{MaxFields: 100}, exchange.FailureHeaderTooLarge},
		{"80,000 fields", manyFields(80_000), exchange.Limits{}, exchange.FailureHeaderTooLarge},
		{"one long field", longField(300 << 10), exchange.Limits{}, exchange.FailureHeaderTooLarge},
		{"depth at the limit", says(strings.Repeat("[", 64) + strings.Repeat("]", 64)), exchange.Limits{}, ""},
		{"depth", says(strings.Repeat("[", 65) + strings.Repeat("]", 65)), exchange.Limits{}, exchange.FailureJSONTooLarge},
		{"depth of objects", says(strings.Repeat(`{"a":`, 65)), exchange.Limits{}, exchange.FailureJSONTooLarge},
		{"values at the limit", says(many(100)), exchange.Limits{MaxValues: 100}, ""},
		{"values", says(many(101)), exchange.Limits{MaxValues: 100}, exchange.FailureJSONTooLarge},
		{"8 MB of keys", says(keys(600_000)), exchange.Limits{}, exchange.FailureJSONTooLarge},
		{"brackets in strings", says(`{"a":"` + strings.Repeat(`[{,\"`, 1000) + `"}`), exchange.Limits{MaxValues: 100}, ""},
		{"no JSON", says("x" + strings.Repeat("[,", 1000)), exchange.Limits{MaxValues: 100}, ""},
		{"a compressed bomb", bomb(64 << 20), exchange.Limits{}, exchange.FailureBodyTooLarge},
	} {
		t.Run("S5 "+tt.name, func(t *testing.T) {
			t.Parallel()
			x := send(t, serve(t, tt.answer), tt.limits)
			if x.Failure != tt.want || x.Status != 200 && tt.want != exchange.FailureHeaderTooLarge {
				t.Fatalf("failure %q with status %d, want %q", x.Failure, x.Status, tt.want)
			}
			if tt.want != "" && (!x.Truncated || len(x.ResponseBody) > 64<<10 || len(x.ResponseHeader) > 1000) {
				t.Errorf("kept %d bytes and %d fields, truncated %v", len(x.ResponseBody), len(x.ResponseHeader), x.Truncated)
			}
		})
	}
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func manyFields(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		for i := range n {
			w.Header()[fmt.Sprintf("A%d", i)] = []string{""}
		}
	}
}

func longField(size int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Long", strings.Repeat("x", size)) }
}

func bomb(size int64) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.CopyN(z, spaces{}, size)
		_ = z.Close()
	}
}

type spaces struct{}

func (spaces) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

func keys(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		fmt.Fprintf(&b, "\"k%d\":1,", i)
	}
	return b.String() + `"id":"1"}`
}

// TestExcerpt proves that a shortened JSON body is JSON, and that a secret in it is still found.
func TestExcerpt(t *testing.T) {
	t.Parallel()
	operations := `{"Operations":[` + strings.Repeat(`{"op":"replace","path":"password","value":"hunter22"},`, 100) + `{}]}`
	for name, body := range map[string]string{
		"members":    `{"a":1,"b":{"c":[1,2,3,` + strings.Repeat(`{"d":"é"},`, 200) + `4]}}`,
		"operations": operations,
		"a string":   `{"detail":"` + strings.Repeat("é", 2000) + `"}`,
		"escapes":    `{"detail":"` + strings.Repeat(`\u00e9\\\"`, 500) + `"}`,
		"deep":       strings.Repeat(`[1,`, 900) + strings.Repeat("]", 900),
		"late comma": `{"a":"` + strings.Repeat("x", 600) + `","b":"` + strings.Repeat("x", 900) + `"}`,
		"no comma":   strings.Repeat("[", 900) + strings.Repeat("]", 900),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for limit := 900; limit < 932; limit++ {
				x := exchange.Excerpt(&exchange.Exchange{ResponseBody: []byte(body), RequestBody: []byte("{}")}, limit)
				if len(x.ResponseBody) > 2*limit || !x.Truncated || string(x.RequestBody) != "{}" {
					t.Fatalf("limit %d: %d bytes, truncated %v", limit, len(x.ResponseBody), x.Truncated)
				}
				if name != "no comma" && !json.Valid(x.ResponseBody) {
					t.Fatalf("limit %d: not JSON: %s", limit, x.ResponseBody)
				}
				if x = exchange.NewRedactor().Exchange(x); strings.Contains(string(x.ResponseBody), "hunter22") {
					t.Fatalf("limit %d: the secret is not redacted", limit)
				}
			}
		})
	}
	short := &exchange.Exchange{ResponseBody: []byte("{}")}
	if exchange.Excerpt(short, 2) != short {
		t.Error("a body at the limit was changed")
	}
	began := time.Now()
	exchange.Excerpt(&exchange.Exchange{ResponseBody: []byte(strings.Repeat("[", 1<<19) + strings.Repeat(",", 1<<20))}, 1<<20)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("an excerpt took %s", took)
	}
}
