package exchange_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// TestProxyStaysBelow proves that no request reaches the target outside the base that record was given (S8, F11).
func TestProxyStaysBelow(t *testing.T) {
	t.Parallel()
	base, requests := rawTarget(t, closing)
	address, recorded := proxied(t, base+"/scim/v2", exchange.Limits{})
	var deep strings.Builder
	deep.WriteString("/%")
	for range 2000 {
		deep.WriteString("25")
	}
	for _, line := range []string{
		"GET /../admin", "GET /Users/../../admin", "GET /..", "GET /.", "GET /./Users", "GET /Users/.", "GET /%2e%2e/admin", "GET /%2E./admin",
		"GET /.%2e/admin",
		"GET /%252e%252e/admin", "GET /%25252e%25252e/admin", "GET /Users%2f..%2f..%2fadmin", "GET /Users%2F%2e%2e%2Fadmin", `GET /..\admin`,
		"GET /..%5cadmin",
		`GET /Users\..\..\admin`, "GET /..;/admin", "GET /..;a=b/admin", "GET /..%3b/admin", "GET /%c0%ae%c0%ae/admin", "GET /%C0%AE%c0%ae%c0%afadmin",
		"GET /%u002e%u002e/admin", "GET /..%2525252525252525252fadmin", "GET /a%00", "GET /a%0d%0aX:y", "GET /%2500", "GET /..%20/admin",
		"GET /%09../admin",
		"GET /Users#/../../admin", "GET /Users%3f/../../admin", "GET http://a/../admin", "GET http://a/%2e%2e/admin", "OPTIONS *", "CONNECT evil.test:443",
		"CONNECT /Users", "TRACE /Users", "GET " + deep.String() + "2e%252e/admin",
	} {
		before := requests()
		answer := speak(t, address, line+" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
		if !strings.HasPrefix(answer, "HTTP/1.1 4") {
			t.Errorf("%s: the answer is %.100q", line, answer)
		}
		if after := requests(); after != before {
			t.Errorf("%s: the target got %q", line, after[len(before):])
		}
	}
	if n := len(recorded()); n > 0 {
		t.Errorf("%d requests that were not forwarded are recorded", n)
	}
	for _, line := range []string{
		"GET /Users/a%2fb", "GET /Users?filter=a%2f..%2fb", "GET /Users/a..b", "GET /...", "GET http://other.test/Users", "GET //Users", "GET /Users/%252f",
		"GET http://user:pw@other.test/Users", "BREW /Users",
	} {
		before := len(requests())
		answer := speak(t, address, line+" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
		if sent := requests()[before:]; !strings.Contains(sent, " /scim/v2/") || !strings.Contains(sent, "\r\nHost: "+strings.TrimPrefix(base, "http://")+
			"\r\n") {
			t.Errorf("%s: the target got %q, the answer is %.100q", line, sent, answer)
		}
	}
}

// TestProxyOddStatus lets a target send status lines that are none (S8, F11).
func TestProxyOddStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []string{
		"000 Nothing", "000", "001 a", "020 a", "099 a", "100 Continue", "101 Switching Protocols", "199 a", "+20 a", "-01 a", "999 a", "1000 a", "2 a",
		"abc a", " 200 OK",
		"200", "200 \x00\x01", "204 a", "304 a", "600 a",
	} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			base, _ := rawTarget(t, "HTTP/1.1 "+status+"\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n")
			address, recorded := proxied(t, base, exchange.Limits{})
			answer := speak(t, address,
				"GET /Users HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n")
			head, _, _ := strings.Cut(answer, "\r\n")
			if len(head) < 12 || strings.Contains(head, " 500") || strings.Contains(answer, " 101 ") {
				t.Errorf("the answer is %.200q", answer)
			}
			if list := recorded(); len(list) != 1 {
				t.Errorf("%d exchanges are recorded", len(list))
			}
		})
	}
	base, requests := rawTarget(t, closing)
	address, _ := proxied(t, base, exchange.Limits{})
	speak(t, address, "GET /Users HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
	if strings.Contains(requests(), "pgrade") {
		t.Errorf("the target was asked for another protocol: %q", requests())
	}
}
