package conformance_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
)

// failing names the rows of the first table that failed.
func failing(t *testing.T, c *reports.Conformance) string {
	t.Helper()
	if len(c.Tables) != 1 {
		t.Fatalf("%d tables", len(c.Tables))
	}
	var names []string
	for _, r := range c.Tables[0].Rows {
		switch r.Verdict {
		case reports.RowFailed:
			names = append(names, r.Name)
		case reports.RowPassed:
		default:
			t.Errorf("%s is %s: %s", r.Name, r.Verdict, r.Why)
		}
		if r.Why == "" || len(r.Checks) == 0 || len(r.Rules) == 0 {
			t.Errorf("%s says too little: %+v", r.Name, r)
		}
	}
	return strings.Join(names, "; ")
}

// TestValidatorPreview: each of the 31 tests is predicted, for a correct target and for defects that
// the validator would meet.
func TestValidatorPreview(t *testing.T) {
	t.Parallel()
	for defect, want := range map[string]string{
		"":       "",
		"FIL-01": "Filter for a non-existing user; Filter for a non-existing group",
		"CAS-05": "Filter for an existing user with a different case",
		"FIL-20": "Filter for an existing group with a different case",
		"LRG-04": "", // a group without members shows none anyway
		"GRC-10": "Patch Group - Replace Attributes",
		"DEL-09": "Delete a Group; Delete a non-existent Group; Delete the same Group twice",
		"DEL-02": "Patch User - Disable User",
		"PAT-05": "Patch User - Replace Attributes; Update User userName; Patch Group - Replace Attributes; Update Group displayName; " +
			"Patch User - Multiple Operations on different attributes; Patch User - Multiple Operations on same attribute",
	} {
		var defects []string
		if defect != "" {
			defects = append(defects, defect)
		}
		_, where := serve(t, defects...)
		c := run(t, where, conformance.Options{Profiles: []string{"validator-preview"}})
		if got := failing(t, c); got != want {
			t.Errorf("%s: predicted to fail: %s\nwant %s", defect, got, want)
		}
		if len(c.Tables[0].Rows) != 31 {
			t.Errorf("%d rows, want 31", len(c.Tables[0].Rows))
		}
	}
}

// TestPreviewWithoutUsers: where no user can be made, the tests that make one fail. None is left open.
func TestPreviewWithoutUsers(t *testing.T) {
	t.Parallel()
	where := without(t, func(w http.ResponseWriter, r *http.Request) bool {
		refused := r.Method == http.MethodPost && r.URL.Path == "/Users"
		if refused {
			http.Error(w, "no", http.StatusForbidden)
		}
		return refused
	})
	c := run(t, where, conformance.Options{Profiles: []string{"validator-preview"}})
	if n := c.Tables[0].Count(reports.RowFailed); n < 15 || c.Tables[0].Rows[0].Verdict != reports.RowFailed {
		t.Errorf("%d rows failed: %+v", n, c.Tables[0].Rows[0])
	}
}

// TestProfileTables: a correct target meets every demand that checks can decide, and the request rate
// is measured for as long as asked.
func TestProfileTables(t *testing.T) {
	t.Parallel()
	_, where := serve(t)
	c := run(t, where, conformance.Options{Profiles: []string{"gallery", "ipsie-al1", "ipsie-al2"}, Sample: 400 * time.Millisecond})
	if len(c.Tables) != 3 {
		t.Fatalf("%d tables, want 3", len(c.Tables))
	}
	for _, shown := range c.Tables {
		for _, r := range shown.Rows {
			if r.Verdict == reports.RowFailed || r.Verdict == reports.RowSkipped && !strings.Contains(r.Name, "Mapped") {
				t.Errorf("%s: %s is %s: %s", shown.Profile, r.Name, r.Verdict, r.Why)
			}
			if strings.HasPrefix(r.Name, "At least 25 requests") && !strings.Contains(r.Why, "sample of 400ms") {
				t.Errorf("the sample is not stated: %s", r.Why)
			}
		}
	}
}
