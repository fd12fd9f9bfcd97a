package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// secretName reports whether the name of a header or of a query parameter suggests a secret value.
func secretName(name string) bool {
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

// SecretHeader reports whether the value of a header that a person gave may be a secret: every value,
// unless the name of the header is known to be harmless.
func SecretHeader(name string) bool {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "accept", "accept-charset", "accept-encoding", "accept-language", "adscimversion", "cache-control", "content-type", "content-language",
		"date", "expect", "from", "host", "if-match", "if-none-match", "pragma", "prefer", "te", "traceparent", "user-agent", "via",
		"x-correlation-id", "x-env", "x-environment", "x-request-id", "x-stage":
		return false
	}
	return true
}

// SelectingHeader reports whether a header may select a tenant: its name is not known to be harmless,
// and suggests no credential.
func SelectingHeader(name string) bool { return SecretHeader(name) && !secretName(name) }

// ShownHeader returns a header of the form NAME=VALUE as it may be shown: with a variable in the
// place of a secret. [Expand] puts the secret back.
func ShownHeader(text string) string {
	if name, _, ok := strings.Cut(text, "="); ok && !SecretHeader(name) {
		return text
	}
	return HiddenHeader(text)
}

// HiddenHeader is ShownHeader for a header that is always hidden.
func HiddenHeader(text string) string {
	name, value, ok := strings.Cut(text, "=")
	switch {
	case !ok:
		return Redacted
	case settled(value):
		return text
	}
	return name + "=$" + headerVariable(name)
}

// commonWords are values that are too common to be removed wherever they stand.
var commonWords = regexp.MustCompile(`^(?:[A-Za-z]{1,8}|[0-9]{1,4}|v?[0-9]+(?:\.[0-9]+)+|[0-9]{4}-[0-9]{2}-[0-9]{2})$`)

// common reports whether the value of a name that suggests no secret is a common word, such as
// "true" or "2026-01-31".
func common(name, value string) bool { return !secretName(name) && commonWords.MatchString(value) }

// SecretValues returns what a [Redactor] must remove because of a secret header: nothing if the
// value is a common word, which is only hidden in the header itself.
func SecretValues(name, value string) []string {
	if settled(value) || common(name, value) {
		return nil
	}
	if _, rest, ok := strings.Cut(value, " "); ok && strings.HasSuffix(strings.ToLower(name), "authorization") {
		return []string{value, rest}
	}
	return []string{value}
}
