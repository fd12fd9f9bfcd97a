package exchange_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// encodings are the ways in which targets and proxies repeat a secret.
func encodings(secret string) map[string]string {
	var percent, lower, unicode, entity, backwards strings.Builder
	for _, c := range []byte(secret) {
		fmt.Fprintf(&percent, "%%%02X", c)
		fmt.Fprintf(&lower, "%%%02x", c)
	}
	for i, c := range []rune(secret) {
		fmt.Fprintf(&unicode, `\u%04x`, c)
		fmt.Fprintf(&entity, "&#x%x;", c)
		backwards.WriteRune([]rune(secret)[len([]rune(secret))-1-i])
	}
	partly := secret[:2] + fmt.Sprintf("%%%02x", secret[2]) + secret[3:len(secret)-1] + fmt.Sprintf("%%%02X", secret[len(secret)-1])
	return map[string]string{
		"raw": secret, "percent": percent.String(), "lower percent": lower.String(), "partly": partly, "twice": url.QueryEscape(url.QueryEscape(secret)),
		"query": url.QueryEscape(secret), "unicode": unicode.String(), "HTML": entity.String(), "hex": hex.EncodeToString([]byte(secret)),
		"HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))), "base64": base64.StdEncoding.EncodeToString([]byte(secret)),
		"base64url": base64.RawURLEncoding.EncodeToString([]byte(secret)), "pair": base64.StdEncoding.EncodeToString([]byte("admin:" + secret)),
		"pair in a query": url.QueryEscape(base64.StdEncoding.EncodeToString([]byte("u:" + secret))), "reversed": backwards.String(),
		"JSON in JSON": strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\/`).Replace(secret)),
		"upper":        strings.ToUpper(secret),
	}
}

// S7: a secret is removed however it is encoded.
func TestRedactorEncodings(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{secret, "plainsecret", `back\slash%41"x`, "sécrèt-ünïcode", "0123456789abcdef0123456789abcdef"} {
		r := exchange.NewRedactor(secret)
		for name, text := range encodings(secret) {
			if got := r.Text("a " + text + " b"); strings.Contains(got, text) || !strings.HasPrefix(got, "a ") || !strings.HasSuffix(got, " b") {
				t.Errorf("%s of %q: %q", name, secret, got)
			}
		}
	}
	for _, text := range []string{`{"a":"b\"c\u003d"}`, "100% &amp; more", `\`, "%", "%4", `\u00`, "&lt", "a&b;c"} {
		if got := exchange.NewRedactor(secret).Text(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// F11: the beginning of a secret that is left at the end of a body that was cut.
func TestRedactorCut(t *testing.T) {
	t.Parallel()
	r := exchange.NewRedactor(secret)
	for name, text := range encodings(secret) {
		for n := 6; n < len(text); n++ {
			got := r.Cut("the token " + text[:n])
			if got != "the token "+exchange.Redacted {
				part := strings.TrimPrefix(got, "the token ")
				if name == "pair" || name == "pair in a query" || len(part) < 24 && strings.ContainsAny(part[:1], `%\&`) && len(text) > 4*len(secret)-20 {
					continue // fewer than four characters of the secret, or none
				}
				t.Errorf("%s, cut after %d: %q", name, n, got)
			}
		}
	}
	if got := r.Text("why: s3cr3t/+… and more"); got != "why: REDACTED… and more" {
		t.Errorf("shortened: %q", got)
	}
}

// F11: the whole way from a body above the limit.
func TestSenderCutsNoSecret(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		text := strings.Repeat("x", 64<<10-10) + secret + strings.Repeat("y", 64<<10)
		for part := range slices.Chunk([]byte(text), 64<<10-5) { // and split over two reads
			_, _ = w.Write(part)
			_ = http.NewResponseController(w).Flush()
		}
	}))
	defer server.Close()
	e := exchange.NewSender(nil, exchange.Limits{MaxBody: 70 << 10}, time.Now).Send(t.Context(), exchange.Request{Method: "GET", URL: server.URL})
	if !strings.HasSuffix(string(e.ResponseBody), secret[:10]) {
		t.Fatal("the cut leaves nothing of the secret, so this proves nothing")
	}
	if got := string(exchange.NewRedactor(secret).Exchange(e).ResponseBody); !strings.HasSuffix(got, "x"+exchange.Redacted) {
		t.Errorf("the body ends with %q", got[len(got)-20:])
	}
}
