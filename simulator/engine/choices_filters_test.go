package engine_test

import (
	"strings"
	"testing"
)

// TestFilterChoices shows both sides of each choice about the clauses of scoping filters: who
// of three people with a certain attribute passes.
func TestFilterChoices(t *testing.T) {
	t.Parallel()
	department := []string{`{"department":"Sales"}`, `{"department":"ales,S"}`, `{}`}
	mails := []string{`{"mail":"a@contoso.test"}`, `{"mail":"b@CONTOSO.TEST"}`, `{}`}
	numbers := []string{`{"employeeId":"5"}`, `{"employeeId":"10"}`, `{"employeeId":"100"}`}
	aliases := []string{`{"proxyAddresses":["a.test","b.test"]}`, `{"proxyAddresses":["a.test","b.example"]}`, `{"proxyAddresses":["b.example"]}`}
	for _, tc := range []struct {
		rule   string // with option and value
		clause []string
		people []string // properties of ada, bob and eve
		passes string
	}{
		{"A-3 regexMatch search", []string{"employeeId", "REGEX MATCH", "[1-9][0-9]"}, numbers, "bob eve"},
		{"A-3 regexMatch full", []string{"employeeId", "REGEX MATCH", "[1-9][0-9]"}, numbers, "bob"},
		{"A-4 ampersand part", []string{"department", "&", "Support, Sales,Sales"}, department, "ada bob"},
		{"A-4 ampersand entry", []string{"department", "&", "Support, Sales,Sales"}, department, "ada"},
		{"A-4 ampersand part", []string{"department", "!&", "Support, Sales,Sales"}, department, ""},
		{"A-4 ampersand entry", []string{"department", "!&", "Support, Sales,Sales"}, department, "bob"},
		{"A-5 endsWith exact", []string{"mail", "ENDS_WITH", "@contoso.test"}, mails, "ada"},
		{"A-5 endsWith ignoreCase", []string{"mail", "ENDS_WITH", "@contoso.test"}, mails, "ada bob"},
		{"A-6 filterNumbers ignore", []string{"employeeId", "Greater_Than", "ten"}, numbers, ""},
		{"A-6 filterNumbers ignore", []string{"employeeId", "Greater_Than_OR_EQUALS", "10"}, numbers, "bob eve"},
		{"A-40 notEqualsNull false", []string{"department", "NOT EQUALS", "Sales"}, department, "bob"},
		{"A-40 notEqualsNull true", []string{"department", "NOT EQUALS", "Sales"}, department, "bob eve"},
		{"A-40 notEqualsNull true", []string{"department", "!&", "Sales"}, department, "bob eve"},
		{"A-40 notEqualsNull true", []string{"department", "EQUALS", "Sales"}, department, "ada"},
		{"A-61 presentOperator isNotNull", []string{"department", "Present", ""}, department, "ada bob"},
		{"A-64 certOperator never", []string{"department", "Valid Cert Match", "Sales"}, department, ""},
		{"A-41 severalValues all", []string{"proxyAddresses", "ENDS_WITH", ".test"}, aliases, "ada"},
		{"A-41 severalValues any", []string{"proxyAddresses", "ENDS_WITH", ".test"}, aliases, "ada bob"},
	} {
		t.Run(tc.rule+" "+strings.Join(tc.clause, " "), func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(tc.rule)
			var lines, want []string
			for i, id := range []string{"ada", "bob", "eve"} {
				more := strings.TrimSuffix(strings.TrimPrefix(tc.people[i], "{"), "}")
				lines = append(lines, strings.TrimSuffix(strings.TrimSuffix(user(id), "}")+","+more, ",")+"}", assigned(id))
			}
			for id := range strings.FieldsSeq(tc.passes) {
				want = append(want, "POST Users "+id)
			}
			tell(t, lines...).set(words[1], words[2]).scope("User", filter(tc.clause...)).cycle().writes(want...)
		})
	}
	t.Run("A-61 presentOperator refuse", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).set("presentOperator", "refuse").scope("User", filter("department", "Present", ""))
		if err := s.refused(); !strings.Contains(err, `unknown operator "Present"`) {
			t.Errorf("error %s", err)
		}
	})
	t.Run("A-64 certOperator refuse", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).set("certOperator", "refuse").scope("User", filter("department", "Valid Cert Match", "x"))
		if err := s.refused(); !strings.Contains(err, "no page says what it compares; hint: remove the clause") {
			t.Errorf("error %s", err)
		}
	})
	t.Run("A-6 E-83 filterNumbers refuse", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).set("filterNumbers", "refuse").scope("User", filter("employeeId", "Greater_Than", "ten"))
		if err := s.refused(); !strings.Contains(err, "needs a non-negative integer") {
			t.Errorf("error %s", err)
		}
	})
}
