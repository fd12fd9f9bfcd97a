package okta_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the recording")

const (
	pageFile = "../../docs/why/okta-wire.md"
	pageHead = `# What Okta sends on the wire

Recorded by a TCP relay between the client and the reference target, once for each mode: two people and a group are assigned. Then the group is renamed, a
member leaves and returns, the group is not pushed any more. One of the people gets another surname, loses access, and gets it back. Host, ids
and lengths are replaced, nothing else. The rules are those of the [ledger](clients.md).
`
)

// TestRecording holds the page to what is sent.
func TestRecording(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(pageHead)
	for _, mode := range []struct{ name, title string }{
		{"aiw", "A day of an app of the App Integration Wizard (aiw)"}, {"oin", "The same day of an app of the catalogue (oin)"},
	} {
		fmt.Fprintf(&b, "\n## %s\n", mode.title)
		for i, r := range recorded(t, mode.name) {
			fmt.Fprintf(&b, "\n%d. %s\n\n```http\n%s\n```\n", i+1, explained(r, mode.name), r)
		}
	}
	if *update {
		if err := os.WriteFile(pageFile, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(pageFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s is not what was recorded; go test ./simulator/okta -update rewrites it (-want +got):\n%s", pageFile, diff)
	}
}

// recorded plays the day and returns the requests as bytes, host and ids replaced.
func recorded(t *testing.T, mode string) []string {
	t.Helper()
	w, p := newWorld(t), &tap{}
	relay := p.listen(t, w.server.Listener.Addr().String())
	cfg := w.config(team(), days()+life())
	cfg.Endpoint.TenantURL, cfg.Verify = "http://"+relay, nil
	if _, err := w.run(cfg, "mode="+mode); err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(w.named(p.text()), relay, "scim.example")
	text = regexp.MustCompile(`Content-Length: \d+`).ReplaceAllString(strings.ReplaceAll(text, "\r\n", "\n"), "Content-Length: n")
	names := map[string]string{}
	text = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`).ReplaceAllStringFunc(text, func(id string) string {
		if names[id] == "" {
			names[id] = fmt.Sprintf("<group %d>", len(names)+1)
		}
		return names[id]
	})
	var list []string
	start := regexp.MustCompile(`(GET|POST|PUT|PATCH|DELETE) /\S* HTTP/1\.1\n`)
	at := start.FindAllStringIndex(text, -1)
	for i, from := range at {
		to := len(text)
		if i+1 < len(at) {
			to = at[i+1][0]
		}
		list = append(list, strings.TrimSpace(text[from[0]:to]))
	}
	return list
}

// explained says why a request is sent.
func explained(r, mode string) string {
	method, rest, _ := strings.Cut(r, " ")
	path, _, _ := strings.Cut(rest, " ")
	has := func(text string) bool { return strings.Contains(r, text) }
	switch {
	case path == "/Users?startIndex=1&count=2":
		return "The connection test (O-1), with the header set of each request (O-5)."
	case strings.HasPrefix(path, "/Users?filter"):
		return "The lookup of an assignment: the filter comes first, blanks are %20 (O-9, O-40)."
	case strings.HasPrefix(path, "/Groups?filter"):
		return "The lookup of a pushed group (O-71)."
	case method == "POST" && path == "/Users":
		return "Nobody was found, so the user is created: externalId is the id in Okta, groups is empty, the password a placeholder (O-42, O-43)."
	case method == "POST":
		return "The group is created with its members (O-72, O-73)."
	case method == "DELETE":
		return "The group is not pushed any more (O-82)."
	case method == "GET" && strings.HasPrefix(path, "/Users"):
		return "The user is read before each PUT (O-47)."
	case method == "GET":
		return "The group is read before each PUT (O-80)."
	case method == "PUT" && strings.HasPrefix(path, "/Groups"):
		return "The whole group is written; display is null where the target returned none (O-74, O-80)."
	case method == "PUT" && has(`"active":false`):
		return "The response of the GET with active false deactivates the user (O-56)."
	case method == "PUT" && has(`"groups":[]`):
		return "The user is linked: the response of the GET with all mapped values, externalId and active merged (O-47, O-52)."
	case method == "PUT":
		return "The response of the GET with the changed values merged; read-only members come back to the target (O-47)."
	case has(`"value":{"active":false}`):
		return "Deactivation: lower case, no path, a Boolean (O-55)."
	case has(`"value":{"active":true}`):
		return "Activation (O-41)."
	case has(`"op":"remove"`):
		return "Who left is removed by a filter (O-77)."
	case has(`"op":"add"`):
		return "Members are added, also those that are there (O-73, O-77)."
	}
	return "The name, without a path and with the id; it comes with each membership update (O-76)."
}
