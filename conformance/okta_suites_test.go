package conformance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestOktaSuites: each assertion of the lists is a row, in their order, and the table says that it is a
// local run.
func TestOktaSuites(t *testing.T) {
	for _, c := range []struct {
		profile, defect          string
		rows, passed, open, lost int
		first, failed            string
	}{
		{catalog.OktaSpec, "", 52, 52, 0, 0, "R1: status is 200", ""},
		{catalog.OktaSpec, "ERR-20", 52, 47, 0, 5, "R1: status is 200", "R4: detail is not empty"},
		{catalog.OktaCRUD, "", 21, 13, 8, 0, "1: GET the app: status is 200", ""},
		{catalog.OktaCRUD, "PAT-26", 21, 11, 8, 2, "1: GET the app: status is 200", "8: active equals false"},
	} {
		var defects []string
		if c.defect != "" {
			defects = []string{c.defect}
		}
		_, where := serve(t, defects...)
		table := run(t, where, conformance.Options{Profiles: []string{c.profile}}).Tables[0]
		count := map[reports.RowVerdict]int{}
		failed := ""
		for _, r := range table.Rows {
			if count[r.Verdict]++; r.Verdict == reports.RowFailed && failed == "" {
				failed = r.Name
			}
		}
		if len(table.Rows) != c.rows || table.Rows[0].Name != c.first || !strings.Contains(table.Note, "local run") {
			t.Errorf("%s: %d rows, the first is %q: %s", c.profile, len(table.Rows), table.Rows[0].Name, table.Note)
		}
		if count[reports.RowPassed] != c.passed || count[reports.RowOpen] != c.open || count[reports.RowFailed] != c.lost || failed != c.failed {
			t.Errorf("%s with %q: %v, the first that fails is %q; want %d passed, %d open, %d failed, %q",
				c.profile, c.defect, count, failed, c.passed, c.open, c.lost, c.failed)
		}
	}
}

// entitled serves a resource type with Okta's schema of entitlements. page is its itemsPerPage.
func entitled(t *testing.T, page int) conformance.Target {
	t.Helper()
	h := tenants(t, target.Options{})
	const list = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%d,"startIndex":1,"itemsPerPage":%d,"Resources":[%s]}`
	return reach(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		switch r.URL.Path {
		case "/ResourceTypes":
			const kind = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],`
			_, _ = fmt.Fprintf(w, list, 2, 2, kind+
				`"id":"User","name":"User","endpoint":"/Users","schema":"urn:ietf:params:scim:schemas:core:2.0:User"},`+kind+
				`"id":"Profile","name":"Profile","endpoint":"/Profiles","schema":"urn:okta:scim:schemas:core:1.0:Entitlement"}`)
		case "/Profiles":
			_, _ = fmt.Fprintf(w, list, 3, page, `{"schemas":["urn:okta:scim:schemas:core:1.0:Entitlement"],"id":"p1","type":"Profile","displayName":"One"}`)
		default:
			h.ServeHTTP(w, r)
		}
	}))
}

// TestOktaEntitlements runs the list on an endpoint of entitlements, and on one that counts wrongly.
func TestOktaEntitlements(t *testing.T) {
	for page, want := range map[int]reports.RowVerdict{1: reports.RowPassed, 100: reports.RowFailed} {
		table := run(t, entitled(t, page), conformance.Options{Profiles: []string{catalog.OktaEntitlements}}).Tables[0]
		if len(table.Rows) != 6 {
			t.Fatalf("%d rows, want 6", len(table.Rows))
		}
		for i, r := range table.Rows {
			due := reports.RowPassed
			if i == 4 {
				due = want
			}
			if r.Verdict != due {
				t.Errorf("itemsPerPage %d: %q is %s, want %s: %s", page, r.Name, r.Verdict, due, r.Why)
			}
		}
	}
	_, where := serve(t)
	for _, r := range run(t, where, conformance.Options{Profiles: []string{catalog.OktaEntitlements}}).Tables[0].Rows {
		if r.Verdict != reports.RowSkipped {
			t.Errorf("without such an endpoint, %q is %s", r.Name, r.Verdict)
		}
	}
}
