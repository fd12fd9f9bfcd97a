package schemacheck_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/schemacheck"
)

const schema = `{"type":"object","required":["kind"],"properties":{
	"kind":{"type":"string","enum":["a","b"]},"version":{"type":"string","pattern":"^2"},"list":{"type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/$defs/part"}}},
	"$defs":{"part":{"type":"object","properties":{"n":{"type":"integer","minimum":0}},"additionalProperties":{"type":"boolean"}}}}`

func TestProblems(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]string{
		`{"kind":"a","version":"2.1","list":[{"n":0,"more":true}]}`: "",
		`{}`:                                    "$ has no kind",
		`[]`:                                    "$ is [], not of type object",
		`{"kind":"c"}`:                          "$.kind is c, not one of [a b]",
		`{"kind":"a","new":1}`:                  "$.new is not described",
		`{"kind":"a","version":"1.0"}`:          `$.version is "1.0", which does not match ^2`,
		`{"kind":"a","list":[]}`:                "$.list has 0 items, less than 1",
		`{"kind":"a","list":[{},{},{}]}`:        "$.list has 3 items, more than 2",
		`{"kind":"a","list":[{},{"n":-1}]}`:     "$.list[1].n is -1, less than 0",
		`{"kind":"a","list":[{"n":0.5}]}`:       "$.list[0].n is 0.5, not of type integer",
		`{"kind":"a","list":[{"more":null}]}`:   "$.list[0].more is <nil>, not of type boolean",
		`{"kind":"a","list":[{"more":"true"}]}`: "$.list[0].more is true, not of type boolean",
	} {
		found, err := schemacheck.Problems([]byte(schema), []byte(document))
		if got := strings.Join(found, "\n"); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", document, got, err, want)
		}
	}
	for _, broken := range [][2]string{{"", "{}"}, {"{}", ""}} {
		if _, err := schemacheck.Problems([]byte(broken[0]), []byte(broken[1])); err == nil {
			t.Errorf("%q: no error", broken)
		}
	}
}
