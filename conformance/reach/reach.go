package reach

import (
	"bytes"
	"encoding/json"
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
	case x.Status == http.StatusUnauthorized && basic(x):
		return "status 401: the user name or the password was not accepted" + challenge(x),
			"check --basic-user and the password in SCIMDRILL_BASIC_PASSWORD or --basic-password-file"
	case x.Status == http.StatusUnauthorized:
		return "status 401: the credentials were not accepted" + challenge(x),
			"pass a valid token with --token-file or SCIMDRILL_TOKEN; the server must read \"Authorization: Bearer TOKEN\""
	case x.Status == http.StatusForbidden:
		return "status 403: the account of these credentials is not permitted to provision" + detail(x),
			"use the credentials of an account with administrator permissions; to reject a token, the server must return 401"
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

// basic reports whether a request was sent with a user name and a password.
func basic(x *exchange.Exchange) bool {
	scheme, _, _ := strings.Cut(x.RequestHeader.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Basic")
}

// detail quotes the detail of a SCIM error (RFC 7644 section 3.12).
func detail(x *exchange.Exchange) string {
	var body struct {
		Detail string `json:"detail"`
	}
	if json.Unmarshal(x.ResponseBody, &body) != nil || body.Detail == "" {
		return ""
	}
	return " (" + exchange.Shorten(body.Detail, 200) + ")"
}
