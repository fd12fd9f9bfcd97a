package filtermodel_test

import (
	"testing"

	. "github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

func person() map[string]any {
	return map[string]any{
		"userName": "Ada_1", "active": false, "number": 10.0, "name": map[string]any{"familyName": "King"},
		"meta":              map[string]any{"lastModified": "2026-01-05T08:00:00Z"},
		"emails":            []any{map[string]any{"type": "work", "value": "a@x"}, map[string]any{"type": "home", "value": "b@x"}},
		resource.Enterprise: map[string]any{"department": "sales"},
	}
}

// TestSelects is the table of RFC 7644 section 3.4.2.2.
func TestSelects(t *testing.T) {
	t.Parallel()
	department := resource.Enterprise + ":department"
	for _, c := range []struct {
		filter Filter
		text   string
		want   Answer
	}{
		{Compare("userName", "eq", "Ada_1"), `userName eq "Ada_1"`, Yes},
		{Compare("userName", "eq", "Ada-1"), `userName eq "Ada-1"`, No},
		{Compare("userName", "eq", "ADA_1"), `userName eq "ADA_1"`, Open},
		{Compare("userName", "sw", `A"\`), `userName sw "A\"\\"`, No},
		{Compare("userName", "co", "da"), `userName co "da"`, Yes},
		{Compare("userName", "ew", "&<é"), `userName ew "&<é"`, No},
		{Compare("userName", "gt", "a"), `userName gt "a"`, Open},
		{Compare(department, "gt", "sale"), department + ` gt "sale"`, Yes},
		{Compare(department, "le", "sale"), department + ` le "sale"`, No},
		{Compare(resource.User+":active", "eq", false), resource.User + ":active eq false", Yes},
		{Compare("active", "ne", false), "active ne false", No},
		{Compare("number", "gt", 9.0), "number gt 9", Yes},
		{Compare("meta.lastModified", "gt", "2026-01-05T12:30:00+05:30"), `meta.lastModified gt "2026-01-05T12:30:00+05:30"`, Yes},
		{Compare("title", "eq", "x"), `title eq "x"`, Missing},
		{Compare("title", "ne", "x"), `title ne "x"`, Open},
		{Compare("title", "eq", nil), "title eq null", Open},
		{Compare("userName", "eq", nil), "userName eq null", No},
		{Compare("emails.value", "eq", "b@x"), `emails.value eq "b@x"`, Yes},
		{Compare("emails.value", "ne", "b@x"), `emails.value ne "b@x"`, Open},
		{Present("name.familyName"), "name.familyName pr", Yes},
		{Present("title"), "title pr", No},
		{Not(Compare("title", "eq", "x")), `not (title eq "x")`, Open},
		{Not(Compare("name.familyName", "eq", "x")), `not (name.familyName eq "x")`, Yes},
		{
			Element("emails", And(Compare("type", "eq", "work"), Compare("value", "eq", "b@x"))),
			`emails[type eq "work" and value eq "b@x"]`, No,
		},
		{
			And(Group(Or(Present("title"), Present("active"))), Present("number")),
			"(title pr or active pr) and number pr", Yes,
		},
	} {
		if c.filter.String() != c.text {
			t.Errorf("the text is %s, want %s", c.filter, c.text)
		}
		if got := c.filter.Selects(person(), func(string) Letters { return Either }); got != c.want {
			t.Errorf("%s: %d, want %d", c.filter, got, c.want)
		}
	}
	shout := Compare("userName", "eq", "ADA_1")
	if shout.Selects(person(), func(string) Letters { return Folded }) != Yes || shout.Selects(person(), func(string) Letters { return Exact }) != No {
		t.Error("letter case is not compared as the attribute says")
	}
}
