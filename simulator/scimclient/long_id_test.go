package scimclient_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// TestLongID proves S5: an id that no URL can hold is rejected with the response that contains it.
func TestLongID(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]provlog.Why{4096: "", 4097: provlog.WhyLongID} {
		id := strings.Repeat("x", n)
		c := client(t, &target{status: 201, body: `{"id":"` + id + `"}`}, "")
		_, failure := c.Create(t.Context(), scimclient.Call{}, "Users", []byte("{}"))
		list := client(t, &target{status: 200, body: `{"totalResults":1,"Resources":[{"id":"` + id + `"}]}`}, "")
		_, listed := list.Find(t.Context(), scimclient.Call{}, scimclient.Query{Collection: "Users", Attribute: "userName", Value: "a"})
		for _, f := range []*scimclient.Failure{failure, listed} {
			if got := why(f); got != want {
				t.Errorf("%d bytes: %q, want %q", n, got, want)
			}
		}
	}
}

func why(f *scimclient.Failure) provlog.Why {
	if f == nil {
		return ""
	}
	return f.Why
}
