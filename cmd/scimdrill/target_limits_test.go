package main

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTargetLimits serves a target with limits of its own, under which every check passes.
func TestTargetLimits(t *testing.T) {
	t.Parallel()
	r, _ := startTarget(t, withToken(), 1, "--max-results", "50", "--max-operations", "20", "--max-payload-size", "100000", "--cursor-timeout", "90s")
	status, text := r.ask(t, withToken()["SCIMDRILL_TOKEN"], http.MethodGet, "/ServiceProviderConfig", "")
	var got struct {
		Bulk       struct{ MaxOperations, MaxPayloadSize int }
		Filter     struct{ MaxResults int }
		Pagination struct{ CursorTimeout, MaxPageSize int }
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || status != http.StatusOK {
		t.Fatalf("%d %v", status, err)
	}
	want := []int{20, 100000, 50, 90, 50}
	if diff := cmp.Diff(want,
		[]int{got.Bulk.MaxOperations, got.Bulk.MaxPayloadSize, got.Filter.MaxResults, got.Pagination.CursorTimeout, got.Pagination.MaxPageSize}); diff != "" {
		t.Errorf("what is announced (-want +got):\n%s", diff)
	}
	invocation{env: withToken()}.run(t, "conform", "--target", r.url, "--out", t.TempDir()).want(t, 0, "none failed")
	r.stop().want(t, 0)
	for bad, want := range map[string]string{
		"--max-results=0": "--max-results 0 must be at least 1", "--max-operations=-1": "--max-operations -1 must be at least 1",
		"--max-payload-size=0":    "--max-payload-size 0 must be at least 1",
		"--cursor-timeout=1500ms": "--cursor-timeout 1.5s must be a positive number of whole seconds",
	} {
		invocation{}.run(t, "target", bad).want(t, 2, want, "hint: for example --")
	}
}
