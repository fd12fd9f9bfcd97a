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
		"numbers keep their digits": {Check{Expected: `[12345678901234567890]`, Actual: `[12345678901234567891]`}, " [\n-  12345678901234567890\n+  12345678901234567891\n ]"},
		"lines of text":             {Check{Expected: "a\nb\nc", Actual: "a\nc\nd"}, " a\n-b\n c\n+d"},
		"two sentences have none":   {Check{Expected: "status 200 or 204", Actual: "status 400"}, ""},
		"a sentence against JSON":   {Check{Expected: "an object", Actual: `{"a":1}`}, ""},
		"broken JSON is text":       {Check{Expected: `{"a":`, Actual: `{"a":1}`}, ""},
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
	for text, want := range map[string]errorText{
		"SomeCode: StatusCode: BadRequest. The target refused the request. Web Response: {\"detail\":\"no such path\",\"status\":\"400\"}\n": {
			Code: "SomeCode", Text: "StatusCode: BadRequest. The target refused the request.", Detail: "no such path",
			Body: "{\n  \"detail\": \"no such path\",\n  \"status\": \"400\"\n}",
		},
		"StatusCode: ServiceUnavailable. Web Response: <html>down</html>": {Text: "StatusCode: ServiceUnavailable.", Body: "<html>down</html>"},
		"400 invalidPath: the path has no target":                         {Text: "400 invalidPath: the path has no target"},
		"Web Response: ":               {Text: "Web Response:"},
		"Web Response: {\"detail\":7}": {Body: "{\n  \"detail\": 7\n}"},
		"":                             {},
	} {
		if got := explain(text); got != want {
			t.Errorf("explain(%q) = %+v, want %+v", text, got, want)
		}
	}
}
