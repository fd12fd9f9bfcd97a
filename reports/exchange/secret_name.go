package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// SecretName reports whether the name of a header or of a query parameter suggests a secret value.
func SecretName(name string) bool {
	name = strings.ToLower(name)
	for _, part := range []string{
		"auth", "cookie", "key", "token", "secret", "pass", "pwd", "credential", "session", "signature", "jwt", "otp", "assertion", "bearer", "ticket",
	} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return slices.Contains([]string{"sig", "code", "pin", "sas", "sid", "hmac", "nonce", "state"}, name)
}

// PlainHeader reports whether a header with this name holds no secret, so that its value may be shown.
func PlainHeader(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept", "accept-charset", "accept-encoding", "accept-language", "adscimversion", "cache-control", "content-type", "content-language",
		"date", "expect", "from", "host", "if-match", "if-none-match", "pragma", "prefer", "te", "traceparent", "user-agent", "via",
		"x-correlation-id", "x-env", "x-environment", "x-request-id", "x-stage":
		return true
	}
	return false
}

// commonWords are values that are too common to be removed wherever they stand.
var commonWords = regexp.MustCompile(`^(?:[A-Za-z]{1,8}|[0-9]{1,4}|v?[0-9]+(?:\.[0-9]+)+|[0-9]{4}-[0-9]{2}-[0-9]{2})$`)

// common reports whether the value of a name that suggests no secret is a common word, such as
// "true" or "2026-01-31".
func common(name, value string) bool { return !SecretName(name) && commonWords.MatchString(value) }

// SecretValues returns what a [Redactor] must remove because of a secret header: nothing if the
// value is a common word, which is only hidden in the header itself.
func SecretValues(name, value string) []string {
	if value == "" || common(name, value) {
		return nil
	}
	if _, rest, ok := strings.Cut(value, " "); ok && strings.HasSuffix(strings.ToLower(name), "authorization") {
		return []string{value, rest}
	}
	return []string{value}
}
