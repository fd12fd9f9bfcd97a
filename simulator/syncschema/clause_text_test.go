package syncschema

import "testing"

func TestParseClause(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"department EQUALS Sales":             "department EQUALS 'Sales'",
		"department equals 'Sales EMEA'":      "department EQUALS 'Sales EMEA'",
		"[department]  NOT   EQUALS  \"x\"":   "department NOT EQUALS 'x'",
		"mail IS NOT NULL":                    "mail IS NOT NULL",
		"employeeId Greater Than 5":           "employeeId Greater_Than '5'",
		"employeeId greater_than_or_equals 5": "employeeId Greater_Than_OR_EQUALS '5'",
		"mail REGEX MATCH .*@contoso.com":     "mail REGEX MATCH '.*@contoso.com'",
		"department & Sales,HR":               "department & 'Sales,HR'",
	} {
		if c, err := ParseClause(text); err != nil || c.String() != want {
			t.Errorf("%q: %s, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "department", "department LIKE x", "mail IS NULL x", "department EQUALS"} {
		if c, err := ParseClause(text); err == nil {
			t.Errorf("%q: %s", text, c)
		}
	}
}
