package main

import (
	"net/http"
	"strings"
	"testing"
)

// TestTargetSubset serves a smaller schema, which the command line names or draws by a seed.
func TestTargetSubset(t *testing.T) {
	t.Parallel()
	token := withToken()["SCIMDRILL_TOKEN"]
	r, _ := startTarget(t, withToken(), 1, "--schema-subset", "title,Group", "--variant", "unknown-refused")
	if status, text := r.ask(t, token, http.MethodGet, "/Schemas", ""); status != http.StatusOK || strings.Contains(text, `"title"`) ||
		strings.Contains(text, "core:2.0:Group") || !strings.Contains(text, `"nickName"`) {
		t.Errorf("%d %s", status, text)
	}
	if status, text := r.ask(t, token, http.MethodPost, "/Users", `{"userName":"ada","title":"Countess"}`); status != http.StatusBadRequest ||
		!strings.Contains(text, "invalidPath") {
		t.Errorf("%d %s", status, text)
	}
	r.stop().want(t, 0)
	r, _ = startTarget(t, withToken(), 1, "--schema-subset", "7")
	if status, text := r.ask(t, token, http.MethodPost, "/Users", `{"userName":"ada"}`); status != http.StatusCreated {
		t.Errorf("%d %s", status, text)
	}
	r.stop().want(t, 0)
	for bad, want := range map[string]string{
		"titel": "--schema-subset: unknown attribute", "userName": "userName is required and cannot be left out",
	} {
		invocation{}.run(t, "target", "--schema-subset", bad).want(t, 2, want, "hint: ")
	}
	invocation{}.run(t, "target", "--schema-subset", "7", "--persona", "goto").want(t, 2, "--schema-subset excludes --persona", "hint: omit one of them")
}
