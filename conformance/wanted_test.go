package conformance_test

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestRequire: what a run requires and the target lacks fails; without the requirement, it is not
// judged.
func TestRequire(t *testing.T) {
	noGroups := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/Groups") || r.URL.Path == "/Schemas" || r.URL.Path == "/ResourceTypes" {
				http.NotFound(w, r)
				return
			}
			h.ServeHTTP(w, r)
		})
	}
	for _, c := range []struct {
		require []string
		want    reports.Outcome
		says    string
	}{
		{nil, reports.Passed, ""},
		{[]string{"filter", "name.givenName"}, reports.Passed, ""},
		{[]string{"groups"}, reports.Failed, "groups (GET /Groups"},
		{[]string{"nickName"}, reports.Failed, "nickName (the target does not announce"},
	} {
		section := run(t, reach(t, noGroups(tenants(t, target.Options{}))), conformance.Options{Checks: []string{"SUR-012"}, Require: c.require})
		check := section.Checks[0]
		if check.Outcome != c.want || !strings.Contains(check.Actual, c.says) {
			t.Errorf("%v: %s, %s", c.require, check.Outcome, check.Actual)
		}
	}
	if _, err := conformance.Select(conformance.Options{Require: []string{"a b"}}); err == nil || !strings.Contains(err.Error(), "hint:") {
		t.Errorf("a name with a blank: %v", err)
	}
}

// TestMapped: what a mapping sends and the target does not keep is one finding with all names.
func TestMapped(t *testing.T) {
	o := target.Options{}
	if err := o.Reduce("1"); err != nil {
		t.Fatal(err)
	}
	mapped := []string{"User.userName", "User.noSuchThing", "User.noSuchOther"}
	section := run(t, reach(t, tenants(t, o)), conformance.Options{Checks: []string{"SUR-013", "SUR-014"}, Mapped: mapped, Matching: mapped[:1]})
	for _, check := range section.Checks {
		both := strings.Contains(check.Actual, "User.noSuchThing, User.noSuchOther")
		if (check.ID == "SUR-013") != (check.Outcome == reports.Failed && both) {
			t.Errorf("%s %s: %s", check.ID, check.Outcome, check.Actual)
		}
	}
}

// TestPeopleByRule: a service that takes one mail domain only is judged with --mail-domain, and
// otherwise says which flag to type.
func TestPeopleByRule(t *testing.T) {
	verified := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			if bytes.Contains(raw, []byte("@")) && !bytes.Contains(raw, []byte("@acme.test")) {
				w.Header().Set("Content-Type", "application/scim+json")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400","detail":"the mail domain was not verified"}`))
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(raw))
			h.ServeHTTP(w, r)
		})
	}
	ids := []string{"USR-002", "QRY-002", "ATT-001", "USR-012"}
	section := run(t, reach(t, verified(tenants(t, target.Options{}))), conformance.Options{Checks: ids})
	if !strings.Contains(section.Stopped, "does not accept mail addresses of scimdrill.example") ||
		!strings.Contains(section.Causes[0].Fix, "--mail-domain DOMAIN") {
		t.Errorf("%q, %+v", section.Stopped, section.Causes)
	}
	template, err := people.ParseTemplate([]byte(`{"userType":"Member","nickName":"n{n}"}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, rules := range []people.Rules{{Domains: []string{"acme.test"}}, {Domains: []string{"acme.test"}, UserName: people.Plain, User: template}} {
		section := run(t, reach(t, verified(tenants(t, target.Options{}))), conformance.Options{Checks: ids, People: rules})
		for _, check := range section.Checks {
			if check.Outcome != reports.Passed {
				t.Errorf("%+v: %s %s: expected %s; actual %s", rules.Domains, check.ID, check.Outcome, check.Expected, check.Actual)
			}
		}
	}
}
