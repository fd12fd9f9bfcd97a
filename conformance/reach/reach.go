package reach

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Refused says why the response to a query for users is not one of a SCIM endpoint that lets us
// in, and what to do. Both are empty for status 200 with a body that is not a page.
func Refused(x *exchange.Exchange) (why, fix string) {
	switch {
	case x.Failure != "":
		return x.Failure.Meaning()
	case x.Status >= 300 && x.Status < 400:
		return fmt.Sprintf("status %d redirects to %q, but Entra does not follow redirects", x.Status, x.ResponseHeader.Get("Location")),
			"use the redirect target as the tenant URL, or respond without a redirect"
	case (x.Status == http.StatusForbidden || x.Status == http.StatusNotAcceptable) && IsPage(x):
		return fmt.Sprintf("status %d with an HTML page%s, so a gateway answered instead of the service", x.Status, beginning(x)),
			"let the gateway pass requests without User-Agent and Accept, because Entra sends neither"
	case x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden:
		return fmt.Sprintf("status %d: the credentials were not accepted%s", x.Status, challenge(x)),
			"pass a valid token with --token-file or SCIMDRILL_TOKEN; the server must read \"Authorization: Bearer TOKEN\""
	case IsPage(x):
		return fmt.Sprintf("status %d with an HTML page instead of JSON", x.Status),
			"use the base of /Users as the tenant URL, not the web site; it often ends in /scim or /scim/v2"
	case x.Status == http.StatusNotFound:
		return "status 404", "check the path of the tenant URL; a query without matches must return 200 and an empty list, never 404"
	case x.Status != http.StatusOK:
		return fmt.Sprintf("status %d", x.Status), "return 200 and an empty list for a query without matches"
	}
	return "", ""
}

// IsPage reports whether a response is made for people.
func IsPage(x *exchange.Exchange) bool {
	media, _, _ := mime.ParseMediaType(x.ResponseHeader.Get("Content-Type"))
	return media == "text/html" || bytes.HasPrefix(bytes.TrimSpace(bytes.ToLower(x.ResponseBody)), []byte("<!doctype html"))
}

// beginning quotes the title of a page.
func beginning(x *exchange.Exchange) string {
	_, rest, _ := strings.Cut(string(x.ResponseBody), "<title>")
	title, _, ok := strings.Cut(rest, "</title>")
	if !ok || strings.TrimSpace(title) == "" {
		return ""
	}
	return fmt.Sprintf(" (%s)", strings.TrimSpace(title))
}

// challenge is what a target says of a token that it refused (RFC 6750 section 3).
func challenge(x *exchange.Exchange) string {
	_, text, _ := strings.Cut(x.ResponseHeader.Get("WWW-Authenticate"), `error_description="`)
	text, _, ok := strings.Cut(text, `"`)
	if !ok || text == "" {
		return ""
	}
	return " (" + text + ")"
}
