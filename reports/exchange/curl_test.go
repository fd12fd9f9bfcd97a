package exchange_test

import (
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

func ExampleCurl() {
	fmt.Println(exchange.Curl(&exchange.Exchange{
		Method: "PATCH", URL: "https://scim.example/v2/Users/1?aadOptscim062020",
		RequestHeader: http.Header{"Authorization": {"Bearer eyJ0"}, "Content-Type": {"application/scim+json"}},
		RequestBody:   []byte(`{"value":"O'Neill"}`),
	}, ""))
	// Output:
	// curl -sS -i -X PATCH 'https://scim.example/v2/Users/1?aadOptscim062020' \
	//   -H "Authorization: Bearer $SCIMDRILL_TOKEN" \
	//   -H 'Content-Type: application/scim+json' \
	//   --data-raw '{"value":"O'\''Neill"}'
}

// A shell must hand exactly these words to curl, whatever the target wrote.
func TestCurlIsOneCommand(t *testing.T) {
	t.Parallel()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("this system has no POSIX shell")
	}
	body := "{\"a\":\"$(touch x) `id` \\\\ ' \\\" ; rm\"}\nnext"
	line := exchange.Curl(&exchange.Exchange{
		Method: "POST", URL: "http://x/Users?filter=a eq 'b'+$HOME+$SCIMDRILL_X&c=1",
		RequestHeader: http.Header{"Authorization": {"$(id) x"}, "Cookie": {"sid"}, "X-A": {"a'b"}, "Content-Length": {"3"}}, RequestBody: []byte(body),
	}, "TOKEN")
	cmd := exec.CommandContext(t.Context(), sh, "-c", `curl() { for a in "$@"; do printf '%s\0' "$a"; done; }`+"\n"+line)
	cmd.Env = []string{"TOKEN=t0k", "SCIMDRILL_HEADER_COOKIE=sid", "SCIMDRILL_QUERY_C=k", "SCIMDRILL_X=never"}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"-sS", "-i", "-X", "POST", "http://x/Users?filter=a eq 'b'+$HOME+$SCIMDRILL_X&c=k", "-H", "Authorization: Bearer t0k",
		"-H", "Cookie: sid", "-H", "X-A: a'b", "--data-raw", body, "",
	}, "\x00")
	if string(out) != want {
		t.Errorf("words = %q\nwant    %q", out, want)
	}
}
