package har_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/recording/har"
)

// The files of browsers and proxies differ in small things, and all say the same here.
func TestDialects(t *testing.T) {
	t.Parallel()
	const sent = `"method":"POST","url":"https://a.test/scim/Users","postData":{"mimeType":"application/json","text":"{}","params":[]}`
	const other = `{"startedDateTime":"","request":{"method":"GET","url":"https://a.test/x","postData":null},"response":{"status":null,"content":{"size":null}}}`
	entry := func(started, response string) string {
		return `{"startedDateTime":"` + started + `","time":1.5,"request":{` + sent + `},"response":` + response + `}`
	}
	for name, entry := range map[string]string{
		"Chrome":           entry("2026-11-24T08:00:00.123Z", `{"status":201,"content":{"size":2,"text":"{}"}}`),
		"Firefox":          entry("2026-11-24T09:00:00.123+01:00", `{"status":201,"content":{"size":-1,"text":"{}"}}`),
		"zone, no colon":   entry("2026-11-24T09:00:00.123+0100", `{"status":201,"content":{"text":"{}"}}`),
		"Fiddler":          entry("2026-11-24T09:00:00.1230000+01:00", `{"status":201,"content":{"size":2,"encoding":"base64","text":"e30="}}`),
		"Charles":          entry("2026-11-24T08:00:00.123Z", `{"status":"201","content":{"size":"2","encoding":"base64","text":"e30="}}`),
		"mitmproxy":        entry("2026-11-24T08:00:00.123000+00:00", `{"status":201,"content":{"size":2.0,"text":"{}"}}`),
		"without a zone":   entry("2026-11-24T08:00:00.123", `{"status":201,"content":{"text":"{}"}}`),
		"an aborted entry": entry("2026-11-24T08:00:00.123Z", "null") + "," + other,
	} {
		path := filepath.Join(t.TempDir(), "a.har")
		if err := os.WriteFile(path, []byte("\ufeff"+`{"log":{"version":"1.2","entries":[`+entry+`]}}`), 0o600); err != nil {
			t.Fatal(err)
		}
		list, _, err := har.Load(path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r := list[len(list)-1]
		if r.Method != "POST" || string(r.Body) != "{}" || r.Started.UTC().Format("15:04:05.000") != "08:00:00.123" {
			t.Errorf("%s: %+v", name, r)
		}
		if name != "an aborted entry" && (r.Status != 201 || string(r.Answer) != "{}") {
			t.Errorf("%s: %d %s", name, r.Status, r.Answer)
		}
	}
}
