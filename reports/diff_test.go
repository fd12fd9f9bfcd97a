package reports

import (
	"strings"
	"testing"
)

func linesOf(lines []diffLine) string {
	var all []string
	for _, l := range lines {
		all = append(all, l.Sign+l.Text)
	}
	return strings.Join(all, "\n")
}

func TestDifference(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		check Check
		want  string
	}{
		"what the check says itself":        {Check{Difference: "  a\n- b\n+ c\n", Expected: "{}", Actual: "[]"}, "  a\n- b\n+ c"},
		"JSON in another order is the same": {Check{Expected: `{"a":1,"b":[true]}`, Actual: `{"b":[true],"a":1}`}, ""},
		"one member of JSON": {
			Check{Expected: `{"active":false,"id":"7"}`, Actual: `{"id":"7","active":"False"}`},
			" {\n-  \"active\": false,\n+  \"active\": \"False\",\n   \"id\": \"7\"\n }",
		},
		"numbers keep their digits": {
			Check{Expected: `[12345678901234567890]`, Actual: `[12345678901234567891]`}, " [\n-  12345678901234567890\n+  12345678901234567891\n ]",
		},
		"lines of text":           {Check{Expected: "a\nb\nc", Actual: "a\nc\nd"}, " a\n-b\n c\n+d"},
		"two sentences have none": {Check{Expected: "status 200 or 204", Actual: "status 400"}, ""},
		"a sentence against JSON": {Check{Expected: "an object", Actual: `{"a":1}`}, ""},
		"broken JSON is text":     {Check{Expected: `{"a":`, Actual: `{"a":1}`}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := linesOf(differenceLines(c.check)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text    string
		failure *Failure
		want    errorText
	}{
		"JSON that says what is wrong": {
			"x", &Failure{Code: "SomeCode", Text: "The target refused the request.", Body: "{\"detail\":\"no such path\",\"status\":\"400\"}\n"},
			errorText{
				Code: "SomeCode", Text: "The target refused the request.", Detail: "no such path", Body: "{\n  \"detail\": \"no such path\",\n  \"status\": \"400\"\n}",
			},
		},
		"HTML":                       {"x", &Failure{Text: "down", Body: "<html>down</html>"}, errorText{Text: "down", Body: "<html>down</html>"}},
		"JSON that says nothing":     {"x", &Failure{Body: "{\"detail\":7}"}, errorText{Body: "{\n  \"detail\": 7\n}"}},
		"a report without the parts": {" Code: all. Web Response: {}\n", nil, errorText{Text: "Code: all. Web Response: {}"}},
		"nothing":                    {"", nil, errorText{}},
	} {
		if got := explain(tt.text, tt.failure); got != tt.want {
			t.Errorf("%s: explain = %+v, want %+v", name, got, tt.want)
		}
	}
}
